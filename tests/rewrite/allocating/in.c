/* Calls that must leave a return address: what allocates, where the call could become a jump. */
typedef unsigned long size_t;
void *malloc(size_t);
void *calloc(size_t, size_t);
void *realloc(void *, size_t);
void free(void *);
int posix_memalign(void **, size_t, size_t);
char *strdup(const char *);
int puts(const char *);
int atoi(const char *);
struct pair {
    int a, b;
};
void *place;
int plain[4];
void *(*get)(size_t) = malloc;

void *direct(size_t n)
{
    return malloc(n);
}
struct pair *kept(void)
{
    struct pair *p = calloc(1, sizeof *p);
    return p;
}
char *chosen(int n)
{
    return n > 1 ? (char *)realloc(0, 50) : n ? strdup("one") : 0;
}
void *through_pointer(size_t n)
{
    return (get(n));
}
struct pair *touching(void)
{
    struct pair *p = calloc(1, sizeof *p);
    return(p);
}
int status(void)
{
    int error = posix_memalign(&place, 64, 64);
    return error;
}
void last(int n)
{
    if (n)
        posix_memalign(&place, 64, 64);
}
int *array(void)
{
    free(malloc(1));
    return plain;
}
int other(const char *s)
{
    return atoi(s);
}
int main(void)
{
    char *text = chosen(1);
    int bad = puts(text) < 0 || other("7") != 7 || array() != plain;
    free(text);
    free(chosen(2));
    free(direct(10));
    free(touching());
    free(kept());
    free(through_pointer(3));
    bad |= status();
    free(place);
    last(1);
    free(place);
    return bad;
}
