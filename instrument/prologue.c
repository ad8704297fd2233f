/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/prologue.h"

#include <ctype.h>
#include <inttypes.h>

#include "runtime/format.h"

/* The text is compiled without preprocessing: types have their own names here. NAME stands for what ends with the
 * id. */
static const char declarations[] =
    "struct __farm_own{unsigned int abi,counters;unsigned long long id;long long shift;unsigned long long*dummy;"
    "long long tls;char*first,*end;};"
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

/* Counters that name themselves: all of a program's are in one section, in which a thread's %gs leads to its own. In
 * assembly language, since a section of C would take room in the file. Like the unit they are weak, and of two copies
 * the first is meant. Their plain addresses have a name of their own, because to clang a name has one address space. */
static const char direct[] =
    "__asm__(\".pushsection " FARM_COUNTERS_SECTION ",\\\"aw\\\",@nobits\\n.balign 8\\n"
    ".weak __farm_n_%1$016" PRIx64 "\\n.hidden __farm_n_%1$016" PRIx64 "\\n.type __farm_n_%1$016" PRIx64 ",@object\\n"
    ".size __farm_n_%1$016" PRIx64 ",%2$" PRIu64 "\\n"
    ".weak __farm_m_%1$016" PRIx64 "\\n.hidden __farm_m_%1$016" PRIx64 "\\n__farm_m_%1$016" PRIx64 ":\\n"
    "__farm_n_%1$016" PRIx64 ": .zero %2$" PRIu64 "\\n.popsection\");"
    "typedef unsigned long long %3$s __farm_direct;"
    "extern %4$s__farm_direct __farm_n[]__asm__(\"__farm_n_%1$016" PRIx64 "\")"
    "__attribute__((__visibility__(\"hidden\")));"
    "extern unsigned long long __farm_dummy[]__asm__(\"__farm_m_%1$016" PRIx64 "\")"
    "__attribute__((__visibility__(\"hidden\")));"
    "extern char __start_" FARM_COUNTERS_SECTION "[]__attribute__((__visibility__(\"hidden\"))),"
    "__stop_" FARM_COUNTERS_SECTION "[]__attribute__((__visibility__(\"hidden\")));";

static void declare_counters(struct str *out, const struct prologue_unit *u)
{
    if (u->access == PROLOGUE_BY_POINTER)
        str_addf(out, "static unsigned long long __farm_dummy[%" PRIu32 "];", u->counters);
    else
        str_addf(out, direct, u->id, 8 * (uint64_t)u->counters,
                 u->access == PROLOGUE_DIRECT_CLANG ? "__attribute__((address_space(256)))" : "__seg_gs",
                 u->volatile_counts ? "volatile " : "");
}

/* The unit is weak, because the same text compiled twice may meet itself in one program: then both copies count as
 * one. */
void prologue_declare(struct str *out, const struct prologue_unit *u)
{
    str_addf(out, "typedef %sunsigned long long __farm_count;", u->volatile_counts ? "volatile " : "");
    str_addf(out, declarations, strcmp(u->base, PROLOGUE_SHARED) == 0 ? "default" : "hidden", u->base);
    declare_counters(out, u);
    str_addf(out, "__attribute__((__weak__,__used__,__visibility__(\"hidden\"))) struct __farm_own __farm_u_%016" PRIx64
             "={%d,%" PRIu32 ",0x%016" PRIx64 "ull,0,__farm_dummy,0,", u->id, FARM_ABI, u->counters, u->id);
    str_add(out, u->access == PROLOGUE_BY_POINTER
                     ? "0,0};" : "__start_" FARM_COUNTERS_SECTION ",__stop_" FARM_COUNTERS_SECTION "};");
    if (u->taken)
        str_add(out, "__asm__(\".pushsection .rodata\\n.weak __farm_gs_taken\\n.hidden __farm_gs_taken\\n"
                     "__farm_gs_taken: .byte 1\\n.popsection\");");
    if (u->reach)
        str_addf(out, here, u->id, u->reach);
    if (u->timed_lines)
        str_add(out, laps);
    str_addf(out, "static __attribute__((__no_instrument_function__)) void __farm_start(void)"
             "{if(__farm_register)__farm_register(&__farm_u_%016" PRIx64 ",&%s);}", u->id, u->base);
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
