/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Objects and programs made here by the compiler and objcopy that built the test.
 */
#include "base/elf.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/proc.h"
#include "tests/unit/check.h"

static struct str err = STR_INIT;

static bool shell(const char *command)
{
    char *copy = str_copy(command);
    struct proc_result r = proc_run((char *[]){(char[]){"sh"}, (char[]){"-ec"}, copy, NULL}, NULL, NULL);
    free(copy);
    return CHECK_INT(proc_code(r), 0);
}

static void linked_file(void)
{
    shell("echo 'int main(void) { return 0; }' >p.c\n"
          "printf abc >a; yes farm | head -c 100000 >big\n"
          "cc p.c -o p -Wl,--build-id=0x0102030405060708\n"
          "objcopy --add-section .farm_sites=a --add-section .farm_big=big p q\n"
          "objcopy --only-keep-debug q kept; cc p.c -o none -Wl,--build-id=none; cc p.c -o sha1 -Wl,--build-id\n"
          "objcopy --strip-debug q stripped");
    static const char *const files[] = {"q", "kept", "stripped"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct elf *e = elf_open(files[i], &err);
        uint8_t id[ELF_BUILD_ID_MAX] = {0};
        struct str text = STR_INIT;
        if (!CHECK(e != NULL))
            continue;
        CHECK_INT(elf_build_id(e, id), 8);
        CHECK(memcmp(id, "\1\2\3\4\5\6\7\10", 8) == 0);
        CHECK(elf_has_section(e, ".farm_sites") && !elf_has_section(e, ".farm_site"));
        CHECK(elf_section(e, ".farm_sites", &text));
        CHECK(text.len == 8 && memcmp(text.data, "abc\0\0\0\0\0", 8) == 0);
        str_clear(&text);
        CHECK(elf_section(e, ".farm_big", &text));
        CHECK_INT(text.len, 100000);
        CHECK(!elf_section(e, ".none", &text));
        str_release(&text);
        elf_close(e);
    }
    struct elf *none = elf_open("none", &err), *sha1 = elf_open("sha1", &err);
    uint8_t id[ELF_BUILD_ID_MAX];
    CHECK(none && elf_build_id(none, id) == 0);
    CHECK(sha1 && elf_build_id(sha1, id) == 20);
    elf_close(none);
    elf_close(sha1);
}

static void many_sections(void)
{
    shell("printf '\\t.section .s,\"G\",@progbits,one,comdat\\n\\t.ascii \"first\"\\n"
          "\\t.section .s,\"G\",@progbits,two,comdat\\n\\t.ascii \"second\"\\n' >m.s; cc -c m.s -o m.o");
    struct elf *e = elf_open("m.o", &err);
    struct str text = STR_INIT;
    CHECK(e && elf_section(e, ".s", &text));
    CHECK(text.len == 16 && memcmp(text.data, "first\0\0\0second\0\0", 16) == 0);
    str_release(&text);
    elf_close(e);
}

static void compressed_sections(void)
{
    shell("yes text | head -c 5000 | tr '\\n' ' ' >long; objcopy --add-section .debug_x=long m.o n.o\n"
          "objcopy --compress-debug-sections=zlib n.o z.o");
    struct elf *e = elf_open("z.o", &err);
    struct str text = STR_INIT;
    CHECK(e && elf_section(e, ".debug_x", &text));
    CHECK_INT(text.len, 5000);
    CHECK(text.len && strncmp(text.data, "text text ", 10) == 0);
    str_release(&text);
    elf_close(e);
}

static void no_files(void)
{
    str_clear(&err);
    CHECK(!elf_open("missing", &err));
    CHECK(strstr(err.data, "cannot open missing") != NULL);
    str_clear(&err);
    CHECK(!elf_open("p.c", &err));
    CHECK(strstr(err.data, "p.c is no ELF file") != NULL);
    shell("head -c 100 p >cut");
    struct elf *cut = elf_open("cut", &err);
    uint8_t id[ELF_BUILD_ID_MAX];
    CHECK(!cut || (!elf_has_section(cut, ".text") && elf_build_id(cut, id) == 0));
    elf_close(cut);
}

int main(void)
{
    char folder[] = "/tmp/test_elf.XXXXXX";
    if (!CHECK(mkdtemp(folder) != NULL && chdir(folder) == 0))
        return check_done();
    linked_file();
    many_sections();
    compressed_sections();
    no_files();
    shell("cd / && rm -r \"$OLDPWD\"");
    str_release(&err);
    return check_done();
}
