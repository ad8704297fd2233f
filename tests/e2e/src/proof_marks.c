/* SPDX-License-Identifier: MIT
 *
 * Steps, regions and metrics with known figures, and a part of the run that is not collected: steps 20 to 39 of 60.
 */
#include <farm/farm.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static jmp_buf back;
static volatile unsigned sink;

static void spin(unsigned times)
{
    for (unsigned i = 0; i < times; i++)
        sink += i;                                   /* spin */
}

static void leave_by_jump(void)
{
    FARM_BEGIN("left");
    longjmp(back, 1);
}

static void inner(int step)
{
    FARM_SCOPE("inner");
    if (step == 19)
        farm_stop();
    if (step == 39)
        farm_start();
    void *volatile memory = malloc(100);             /* allocate */
    free(memory);
}

int main(int argc, char **argv)
{
    FARM_PARAM("size", 7);
    FARM_PARAM("size", 8);
    FARM_PARAM_TEXT("mode", "quick");
    for (int i = 0; i < 60; i++) {
        FARM_STEP("step");
        FARM_BEGIN("outer");
        spin(1000);
        inner(i);                                    /* inner */
        if (!setjmp(back))
            leave_by_jump();
        FARM_END("outer");
        FARM_METRIC("square", (double)i * i);
        if (i % 10 == 0) {
            FARM_BEGIN("nap");
            usleep(20000);
            FARM_END("nap");
        }
    }
    if (argc > 1)
        printf("%d\n", farm_dump(argv[1]));
    if (argc > 2)
        farm_reset();
    spin(5);
    return 0;
}
