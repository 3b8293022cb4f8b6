/* Leaks one engine on purpose: the memory check has to notice, or it proves nothing. */
#include "zhenggong.h"

int main(void) {
    zg_engine *engine = NULL;
    zg_status status = zg_engine_new(NULL, 0, &engine, NULL);
    engine = NULL;
    return status != ZG_OK;
}
