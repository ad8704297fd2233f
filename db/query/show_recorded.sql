SELECT git_commit, dirty, contaminated FROM recorded WHERE run_id = :run
