#include <stdio.h>
int g;
int f(int a) { return a + 1; }
void w1(int n) {
    g++;
    while (g > n) {     /* gcov: 245 */
        int v = f(g--);
        if (v)
            g--;
    }
}
void w2(int n) {
    g++;
    while (g > n) {
        int v = f(g--);
        g -= v > 0;
    }
}
void w3(int n) {
    g++;
    while (g > n) {     /* gcov: 245 */
        int v = f(g--);
        if (v)
            g--;
    }
    g++;
}
void w4(int n) {
    g++;
    for (; g > n; ) {     /* gcov: 245 */
        int v = f(g--);
        if (v)
            g--;
    }
}
void w5(int n) {
    g++;
    while (g > n) {     /* gcov: 245 */
        g--;
        if (n)
            g--;
    }
}
void i1(int n) {
    if (n & 1) {
        int e = n;
        g += e;
    }
    else
        g++;
    g++;
}
void i2(int n) {
    if (n & 1) {
        int e = n;
        if (e > 0) g += e;
    }
    else
        g++;
    g++;
}
void i3(int n) {
    if (n & 1) {
        int e = n;
        g += e;
    }
    g++;
}
void i4(int n) {
    if (n & 1) {
        int e = n;
        if (e > 0)
            g += e;
        f(3);
    } else {
        int e = n;
        g += e;
    }
    g++;
}
void i5(int n) {
    if (n & 1) {
        g += n;
    } else if (n & 2) {
        int e = n;
        g += e;
    } else if (n & 4) {
        int e = n;
        g += e;
    } else
        g = 1;
}
void s1(int n)
{
    switch (n & 3) {
    case 0: {
        int e = n;
        g += e;
        break;
    }
    case 1:
        g++;
        break;
    default: {
        int e = n;
        g -= e;
    }
    }
}
int main(void)
{
    for (int i = 0; i < 10; i++) {
        int k = 10 * i;
        g = k;
        w1(2); g = k; w2(2); g = k; w3(2); g = k; w4(2); g = k; w5(2);
        i1(i);
        i2(i);
        i3(i);
        i4(i);
        i5(i);
        s1(i);
    }
    return 0;
}
