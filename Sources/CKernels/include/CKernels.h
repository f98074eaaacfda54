#pragma once
#include "Kernels.h"
#include "Samplers.h"
