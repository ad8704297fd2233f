# What the store holds, asked without taking anything in.
_farmdb_ask() {
    local -a found
    found=(${(f)"$(_call_program words command farmdb ${(q)_farmdb_db} completion words $1)"})
    compadd -a found
}
_farmdb_labels() { _farmdb_ask labels }
_farmdb_functions() { _farmdb_ask functions }
_farmdb_sources() { _farmdb_ask sources }
_farmdb_parameters() { _farmdb_ask parameters }
_farmdb_metrics() { compset -P '*,'; _farmdb_ask metrics }
_farmdb_runs() { compset -P '*,'; compset -P '[A-Za-z]*='; _farmdb_ask runs; _files }
_farmdb_files() { _files }
_farmdb_commands() { _normal }
_farmdb_program() { _normal }

_farmdb() {
    local curcontext=$curcontext state line
    local -A opt_args
    local -a _farmdb_db
    _farmdb_command ''
    [[ -n ${opt_args[--db]} ]] && _farmdb_db=(--db ${(Q)opt_args[--db]})
    [[ $state == rest ]] && _farmdb_command $words[1]
}
_farmdb "$@"
