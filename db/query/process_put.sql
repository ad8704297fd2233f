INSERT INTO process (run_id, uuid, parent_uuid, pid, ppid, boot_id, pid_ns, start_ticks, exe, cwd, argv, host, kernel,
    cpu, cores, ended, end_value, cut_short, started_ns, wall_ns, user_ns, sys_ns, user_off_ns, sys_off_ns, max_rss_kb,
    minor_faults, major_faults, voluntary_switches, involuntary_switches, threads_peak, sampler, sampler_note,
    sample_hz, samples, samples_lost, note)
VALUES (:run, :uuid, :parent_uuid, :pid, :ppid, :boot_id, :pid_ns, :start_ticks, :exe, :cwd, :argv, :host, :kernel,
    :cpu, :cores, :ended, :end_value, :cut_short, :started_ns, :wall_ns, :user_ns, :sys_ns, :user_off_ns, :sys_off_ns,
    :max_rss_kb, :minor_faults, :major_faults, :voluntary_switches, :involuntary_switches, :threads_peak, :sampler,
    :sampler_note, :sample_hz, :samples, :samples_lost, '')
RETURNING id
