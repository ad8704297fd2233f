-- What `farmdb record` saw of a run.
INSERT INTO recorded (run_uuid, argv, wall_ns, ended, end_value) VALUES (:run, :argv, :wall_ns, :ended, :end_value)
