-- A run as a repeat of a point.
INSERT INTO point_run (run_id, point_id, repeat, order_index, beside)
SELECT :run, id, :repeat, :order_index, :beside FROM point WHERE experiment_id = :experiment AND number = :number
