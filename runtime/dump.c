/* SPDX-License-Identifier: MIT
 *
 * farm_dump: a copy of the record as it is now, which farmdb takes in as a run of its own while the program goes on.
 */
#include <fcntl.h>
#include <sys/sendfile.h>
#include <time.h>

#include "runtime/marks.h"
#include "runtime/record.h"
#include "runtime/sys.h"

static uint64_t dumps;           /* made so far */

static bool copy_record(long to)
{
    long from = farm_record_reopen();
    uint64_t left = farm_it.header->file_len;
    if (from < 0)
        return false;
    while (left) {
        long sent = farm_sys(SYS_sendfile, to, from, NULL, left);
        if (sent <= 0)
            break;
        left -= (uint64_t)sent;
    }
    farm_sys(SYS_close, from);
    return !left;
}

/* Dead to those who look for the living, and akin to nobody: its boot is none. Of all runs that start together the
 * program's own counts as the latest, and before it the latest dump. */
static bool write_header(long to, const uint8_t uuid[16], const char *label)
{
    struct farm_header h;
    farm_copy(&h, farm_it.header, sizeof h);
    struct farm_text t = {h.dump_label, 0, sizeof h.dump_label};
    farm_add(&t, label ? label : "");
    farm_copy(h.uuid, uuid, sizeof h.uuid);
    farm_zero(h.parent_uuid, sizeof h.parent_uuid);
    farm_zero(h.boot_id, sizeof h.boot_id);
    dumps += dumps < 999;
    h.start_ns += dumps - 1000;
    h.state = FARM_DUMPED;
    h.end_ns = h.last_ns;
    h.end_value = -1;
    h.helper = 0;
    return farm_sys(SYS_pwrite64, to, &h, sizeof h, 0) == (long)sizeof h;
}

/* Under its own name only when it is whole: farmdb looks for *.rec. */
int farm_dump_write(const char *label)
{
    char path[PATH_MAX], part[PATH_MAX + 8];
    uint8_t uuid[16];
    struct farm_text t = {part, 0, sizeof part};
    farm_record_name(path, sizeof path, uuid);
    farm_add(&t, path);
    farm_add(&t, ".part");
    long fd = farm_sys(SYS_openat, AT_FDCWD, part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return -1;
    bool good = copy_record(fd) && write_header(fd, uuid, label);
    farm_sys(SYS_close, fd);
    if (good && farm_sys(SYS_renameat, AT_FDCWD, part, AT_FDCWD, path) == 0)
        return 0;
    farm_sys(SYS_unlinkat, AT_FDCWD, part, 0);
    return -1;
}
