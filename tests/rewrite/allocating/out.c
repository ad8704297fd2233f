# 1 "in.c"
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
{<entry 0>
    return __extension__({__auto_type __farm_r=(malloc(n));__asm__ __volatile__("");__farm_r;});
}
struct pair *kept(void)
{<entry 1>
    struct pair *p = calloc(1, sizeof *p);
    return __extension__({__auto_type __farm_r=(p);__asm__ __volatile__("");__farm_r;});
}
char *chosen(int n)
{<entry 2>
    return __extension__({__auto_type __farm_r=(n > 1 ? (char *)realloc(0, 50) : n ? strdup("one") : 0);__asm__ __volatile__("");__farm_r;});
}
void *through_pointer(size_t n)
{<entry 3>
    return __extension__({__auto_type __farm_r=((get(n)));__asm__ __volatile__("");__farm_r;});
}
struct pair *touching(void)
{<entry 4>
    struct pair *p = calloc(1, sizeof *p);
    return __extension__({__auto_type __farm_r=((p));__asm__ __volatile__("");__farm_r;});
}
int status(void)
{<entry 5>
    int error = posix_memalign(&place, 64, 64);++__farm_c[6];
    return __extension__({__auto_type __farm_r=(error);__asm__ __volatile__("");__farm_r;});
}
void last(int n)
{<entry 7>
    if (n)
        ++__farm_c[8],posix_memalign(&place, 64, 64),__extension__({__asm__ __volatile__("");}),++__farm_c[9];
}
int *array(void)
{<entry 10>
    free(malloc(1));
    return plain;
}
int other(const char *s)
{<entry 11>
    return atoi(s);
}
int main(void)
{<timed entry 14, again()>
    char *text = chosen(1);
    int bad = puts(text) < 0 || other("7") != 7 || array() != plain;++__farm_c[15];
    free(text);
    free(chosen(2));
    free(direct(10));
    free(touching());
    free(kept());
    free(through_pointer(3));++__farm_c[16];
    bad |= status();++__farm_c[17];
    free(place);
    last(1);++__farm_c[18];
    free(place);
    return bad;
}<another name of main>
