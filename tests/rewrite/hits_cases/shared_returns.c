/* Ways out of a scope with a variable whose address is taken: gcc ends its life in code that they share, which has the
 * line of the first of them. */
#include <stdlib.h>

static const char *checked(const char *text, long limit)
{
    if (*text != 'x') {
        char *end = 0;
        long number = strtol(text, &end, 10);
        if (end == 0 || *end != 0)
            return "no number"; /* gcov: 2 */
        if (number > limit)
            return "too much";
    }
    return 0;
}

int main(void)
{
    const char *const texts[] = {"1", "2", "8", "9", "x"};
    for (int i = 0; i < 5; i++)
        checked(texts[i], 5);
    return 0;
}
