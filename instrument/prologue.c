/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/prologue.h"

#include <ctype.h>
#include <inttypes.h>

#include "runtime/format.h"

/* The text is compiled without preprocessing: types have their own names here. NAME stands for what ends with the
 * id. */
static const char declarations[] =
    "struct __farm_own{unsigned int abi,counters;unsigned long long id;long long shift;unsigned long long*dummy;"
    "long long tls;};"
    "extern __attribute__((__weak__,__visibility__(\"default\"))) void __farm_register(struct __farm_own*,char**);"
    "extern __attribute__((__weak__,__visibility__(\"default\")))"
    " unsigned long long*__farm_attach(struct __farm_own*);"
    "extern __attribute__((__weak__,__visibility__(\"default\"))) void __farm_call(void);"
    "struct __farm_again{void*function;struct __farm_own*unit;unsigned long long counter;};"
    "__attribute__((__weak__,__used__,__visibility__(\"%s\"),__tls_model__(\"initial-exec\"))) __thread char*%s;";

static const char here[] =
    "extern __inline__ __attribute__((__gnu_inline__,__always_inline__,__no_instrument_function__))"
    " __farm_count*__farm_here_%016" PRIx64 "(void){%sreturn(__farm_count*)(void*)__farm_t;}";

/* The state of a function's timed lines is struct farm_lap_state of runtime/format.h; the lap is that of
 * runtime/lines.h. What the line did must be over when the clock is read, hence lfence. */
static const char laps[] =
    "extern __attribute__((__weak__,__visibility__(\"default\")))"
    " __farm_count*__farm_lines_enter(void*,__farm_count*);"
    "extern __attribute__((__weak__,__visibility__(\"default\"))) void __farm_lines_leave(void*,__farm_count*);"
    "extern __attribute__((__weak__,__visibility__(\"default\"))) void __farm_lines_jump(void);"
    "extern __inline__ __attribute__((__gnu_inline__,__always_inline__,__no_instrument_function__))"
    " __farm_count*__farm_open(__farm_count*volatile*__farm_p,__farm_count*__farm_s)"
    "{return __farm_lines_enter?__farm_lines_enter((void*)__farm_p,__farm_s):0;}"
    "extern __inline__ __attribute__((__gnu_inline__,__always_inline__,__no_instrument_function__))"
    " void __farm_close(__farm_count*volatile*__farm_p)"
    "{__farm_count*__farm_s=*__farm_p;if(__farm_s)__farm_lines_leave((void*)__farm_p,__farm_s);}"
    "extern __inline__ __attribute__((__gnu_inline__,__always_inline__,__no_instrument_function__))"
    " void __farm_jump(void){if(__farm_lines_jump)__farm_lines_jump();}"
    "extern __inline__ __attribute__((__gnu_inline__,__always_inline__,__no_instrument_function__))"
    " void __farm_lap(__farm_count*volatile*__farm_p,unsigned long __farm_k)"
    "{__farm_count*__farm_s=*__farm_p;if(__farm_s&&__farm_s[0]==(unsigned long long)__farm_p){"
    "unsigned int __farm_a,__farm_d;"
    "__asm__ __volatile__(\"lfence\\n\\trdtsc\":\"=a\"(__farm_a),\"=d\"(__farm_d)::\"memory\");"
    "unsigned long long __farm_n=(unsigned long long)__farm_d<<32|__farm_a,"
    "*__farm_o=(unsigned long long*)__farm_s[3],__farm_q=*__farm_o;"
    "__farm_count*__farm_w=__farm_s+__farm_s[1];"
    "__farm_w[0]+=__farm_n-__farm_s[2];__farm_w[1]+=__farm_q-__farm_s[4];"
    "__farm_s[1]=__farm_k;__farm_s[2]=__farm_n;__farm_s[4]=__farm_q;*__farm_o=__farm_q+__farm_o[1];"
    "}}";

/* The unit is weak, because the same text compiled twice may meet itself in one program: then both copies count as
 * one. */
void prologue_declare(struct str *out, uint64_t id, uint32_t counters, const char *base, bool volatile_counts,
                      const char *reach, bool timed_lines)
{
    str_addf(out, "typedef %sunsigned long long __farm_count;", volatile_counts ? "volatile " : "");
    str_addf(out, declarations, strcmp(base, PROLOGUE_SHARED) == 0 ? "default" : "hidden", base);
    str_addf(out, "static unsigned long long __farm_dummy[%" PRIu32 "];", counters);
    str_addf(out, "__attribute__((__weak__,__used__,__visibility__(\"hidden\"))) struct __farm_own __farm_u_%016" PRIx64
             "={%d,%" PRIu32 ",0x%016" PRIx64 "ull,0,__farm_dummy,0};", id, FARM_ABI, counters, id);
    if (reach)
        str_addf(out, here, id, reach);
    if (timed_lines)
        str_add(out, laps);
    str_addf(out, "static __attribute__((__no_instrument_function__)) void __farm_start(void)"
             "{if(__farm_register)__farm_register(&__farm_u_%016" PRIx64 ",&%s);}", id, base);
    str_add(out, "static __attribute__((__used__,__section__(\".init_array.00050\")))"
                 " void(*__farm_init)(void)=__farm_start;\n");
}

/* Text inside a string of the assembler inside a string of C. */
static void add_quoted(struct str *out, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == '"' || c == '\\')
            str_addf(out, "\\\\\\%c", c);
        else if (isprint(c) && c != '?')       /* no trigraphs by accident */
            str_add_char(out, (char)c);
        else
            str_addf(out, "\\\\%03o", c);
    }
}

static void add_bytes(struct str *out, const char *bytes, size_t len)
{
    enum { STRIDE = 64 };
    for (size_t at = 0; at < len; at += STRIDE) {
        str_add(out, "\".ascii \\\"");
        add_quoted(out, bytes + at, len - at < STRIDE ? len - at : STRIDE);
        str_add(out, "\\\"\\n\"\n");
    }
}

static void add_section(struct str *out, const struct prologue_sections *s, const struct prologue_section *section,
                        const char *blob_path)
{
    if (section->is_source) {
        str_add(out, "\".pushsection " FARM_SOURCE_SECTION ",\\\"G\\\",%progbits,__farm_src_");
        for (size_t i = 0; i < sizeof section->hash; i++)
            str_addf(out, "%02x", section->hash[i]);
        str_add(out, ",comdat\\n\"\n");
    } else {
        str_add(out, "\".pushsection " FARM_SITES_SECTION ",\\\"\\\",%progbits\\n\"\n");
    }
    str_add(out, "\".balign 8\\n\"\n");
    if (blob_path) {
        str_add(out, "\".incbin \\\"");
        add_quoted(out, blob_path, strlen(blob_path));
        str_addf(out, "\\\",%zu,%zu\\n\"\n", section->first, section->len);
    } else {
        add_bytes(out, s->blob.data + section->first, section->len);
    }
    str_add(out, "\".popsection\\n\"\n");
}

void prologue_carry(struct str *out, const struct prologue_sections *s, const char *blob_path)
{
    str_add(out, "__asm__(\n");
    for (size_t i = 0; i < s->list.count; i++)
        add_section(out, s, &s->list.items[i], blob_path);
    str_add(out, ");\n");
}
