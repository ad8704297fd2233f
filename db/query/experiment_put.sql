INSERT INTO experiment (uuid, kind, created_ns, seed, cwd, plan) VALUES (:uuid, :kind, :created, :seed, :cwd, :plan)
RETURNING id
