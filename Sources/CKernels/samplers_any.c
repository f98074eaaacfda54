// What every processor of the architecture has. Fused multiply-adds are exact even where they must be computed.
#define TABLE samplers_any
#include "samplers.h"
