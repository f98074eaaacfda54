#pragma once
#include "Kernels.h"
#include "Random.h"
