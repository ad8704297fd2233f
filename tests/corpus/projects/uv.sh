# SPDX-License-Identifier: GPL-3.0-or-later
# libuv: CMake and Ninja; threads, signals, processes
package=libuv1
functions=900
needs="cmake ninja"
different=3      # its tests take what comes when from the kernel

setup() {
    cmake -S . -B out -G Ninja
}

build() {
    ninja -C out -j2 uv_run_tests_a
}

# Its tests with a result that does not depend on the machine's network
check() {
    for test in $uv_tests; do
        out/uv_run_tests_a "$test" "$test" >/dev/null 2>&1
        echo "$test $?"
    done
}
uv_tests="active async async_null_cb barrier_1 barrier_2 barrier_3 buf_alignment callback_order close_order condvar_1
    condvar_2 condvar_3 dlerror embed error_message fs_access fs_chmod fs_copyfile fs_file_async fs_file_sync
    fs_file_write_null_buffer fs_mkdtemp fs_readlink fs_realpath fs_rename_to_existing_file fs_scandir_file
    fs_stat_root fs_symlink fs_unlink_readonly get_currentexe getaddrinfo_fail_sync gettimeofday handle_fileno
    homedir hrtime idle_starvation idna_toascii ip4_addr ip6_addr_link_local loop_alive loop_backend_timeout
    loop_close loop_handles loop_stop mutex_rwlock_once null pipe_bind_error_addrinuse pipe_ping_pong process_title
    random_sync ref semaphore_1 semaphore_2 semaphore_3 signal_multiple_loops spawn_detached spawn_exit_code
    spawn_fails spawn_stdin spawn_stdout strscpy strtok tcp_bind_error_addrinuse_listen tcp_connect_timeout
    tcp_ping_pong thread_create thread_equal thread_local_storage thread_mutex thread_rwlock thread_stack_size
    threadpool_cancel_getaddrinfo threadpool_queue_work_simple timer timer_again timer_from_check timer_order tmpdir
    udp_bind udp_send_and_recv utf8_decode1 version watcher_cross_stop"

work() {
    for test in idna_toascii ip4_addr strscpy strtok utf8_decode1 timer_order callback_order loop_alive buf_alignment \
        error_message fs_file_sync fs_access fs_mkdtemp fs_scandir_file pipe_bind_error_addrinuse; do
        out/uv_run_tests_a "$test" "$test" >/dev/null 2>&1
        echo "$test $?"
    done
}
