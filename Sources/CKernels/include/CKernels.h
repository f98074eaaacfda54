#pragma once
#include "Random.h"
