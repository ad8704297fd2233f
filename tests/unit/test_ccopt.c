/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/ccopt.h"

#include "tests/unit/check.h"

static int bits(unsigned flags)
{
    return __builtin_popcount(flags);
}

static void table_is_sound(void)
{
    for (size_t i = 0; i < ccopt_count; i++) {
        const struct ccopt *o = &ccopt_table[i];
        int good = 1;
        good &= CHECK(o->name[0] == '-' && o->name[1]);
        good &= CHECK(i == 0 || strcmp(ccopt_table[i - 1].name, o->name) < 0);
        good &= CHECK(ccopt_find(o->name) == o);
        /* at most one step gets it; what is passed on whole means nothing else */
        good &= CHECK(bits(o->flags & (CC_PREP | CC_DEPEND | CC_LINK | CC_PASS)) <= 1);
        good &= CHECK(!(o->flags & CC_PASS) || !(o->flags & ~(CC_PASS | CC_VALUE | CC_JOINED)));
        good &= CHECK(bits(o->flags & (CC_COMPILE | CC_ASSEMBLE | CC_OUTPUT | CC_LANGUAGE | CC_PASS)) <= 1);
        good &= CHECK(bits(o->flags & (CC_DEBUG | CC_NODEBUG)) <= 1);
        good &= CHECK(bits(o->flags & (CC_LTO | CC_NOLTO)) <= 1);
        good &= CHECK(!(o->flags & CC_SIDE) || !(o->flags & (CC_AUX | CC_LINK)));
        /* a name that ends like this promises a value in the same word */
        size_t len = strlen(o->name);
        good &= CHECK(!strchr("=,", o->name[len - 1]) || (o->flags & CC_JOINED));
        if (!good)
            fprintf(stderr, "    at option %s\n", o->name);
    }
}

static const char *name_of(const char *word)
{
    const struct ccopt *o = ccopt_find(word);
    return o ? o->name : "none";
}

static void longest_name_wins(void)
{
    CHECK_STR(name_of("-I"), "-I");
    CHECK_STR(name_of("-Iinclude"), "-I");
    CHECK_STR(name_of("-includex.h"), "-include");
    CHECK_STR(name_of("-isystem/usr"), "-isystem");
    CHECK_STR(name_of("-MMD"), "-MMD");
    CHECK_STR(name_of("-MFx.d"), "-MF");
    CHECK_STR(name_of("-MDx"), "none");
    CHECK_STR(name_of("-Ttext=0"), "-Ttext");
    CHECK_STR(name_of("-Tscript.ld"), "-T");
    CHECK_STR(name_of("-Werror=all"), "-Werror=");
    CHECK_STR(name_of("-Wall"), "none");
    CHECK_STR(name_of("-ggdb3"), "-ggdb");
    CHECK_STR(name_of("-ggdb0"), "-ggdb0");
    CHECK_STR(name_of("-gz"), "none");
    CHECK_STR(name_of("-dM"), "-d");
    CHECK_STR(name_of("-dumpversion"), "-dumpversion");
    CHECK_STR(name_of("-print-search-dirs"), "-print-");
    CHECK_STR(name_of("-"), "none");
    CHECK_STR(name_of(""), "none");
}

int main(void)
{
    table_is_sound();
    longest_name_wins();
    return check_done();
}
