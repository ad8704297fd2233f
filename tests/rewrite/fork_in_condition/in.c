int printf(const char *, ...);
int fork(void);
int wait(int *);
void _exit(int);
int main(void)
{
    int n = 0;
    if (fork() == 0)
        _exit(3);
    else
        n = 1;
    wait(&n);
    n = n >> 8;
    printf("%d\n", n);
    return 0;
}
