// Any processor: fused multiply-adds are exact, through the C library where the processor has none, and then slow.
#define ROWS 4
#define VECTORS 1
#define SIDE 2
#define TABLE kernels_any
#include "table.h"
