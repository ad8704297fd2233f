/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs a fuzz target over the files of the folders named on the command line, with any compiler: what was once found
 * stays found.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int main(int argc, char **argv)
{
    int files = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        for (struct dirent *entry; folder && (entry = readdir(folder));) {
            struct str text = STR_INIT, err = STR_INIT;
            char *path = str_join_path(argv[i], entry->d_name);
            if (entry->d_name[0] != '.' && file_read(path, &text, &err)) {
                printf("%s\n", path);
                fflush(stdout);
                LLVMFuzzerTestOneInput((const uint8_t *)text.data, text.len);
                files++;
            }
            str_release(&text);
            str_release(&err);
            free(path);
        }
        if (folder)
            closedir(folder);
    }
    printf("%d files\n", files);
    return files == 0;
}
