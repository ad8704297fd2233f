# 1 "in.c"
int printf(const char *, ...);
int fork(void);
int wait(int *);
void _exit(int);
int main(void)
{<timed entry 2, again()>
    int n = 0;
    if (fork() == 0)
        ++__farm_here_ID()[3],_exit(3);
    else
        ++__farm_c[4],n = 1;
    wait(&n);++__farm_c[5];
    n = n >> 8;
    printf("%d\n", n);++__farm_c[6];
    return 0;
}<another name of main>
