-- What farmdb saw of a run that it started.
INSERT INTO recorded (run_id, argv, cwd, host, kernel, cpu, cores, governor, git_commit, dirty, wall_ns, user_ns,
    sys_ns, max_rss_kb, minor_faults, major_faults, voluntary_switches, involuntary_switches, ended, end_value, padding,
    load, others, contaminated)
VALUES (:run, :argv, :cwd, :host, :kernel, :cpu, :cores, :governor, :git_commit, :dirty, :wall_ns, :user_ns, :sys_ns,
    :max_rss_kb, :minor_faults, :major_faults, :voluntary_switches, :involuntary_switches, :ended, :end_value, :padding,
    :load, :others, :contaminated)
