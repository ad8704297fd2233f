# The candidates of a kind into REPLY, by lines.
_farmdb_candidates() {
    case $1 in
    none) REPLY= ;;
    files) REPLY=$(compgen -f -- "$2") ;;
    commands) REPLY=$(compgen -c -- "$2"; compgen -f -- "$2") ;;
    runs) REPLY=$(command farmdb "${db[@]}" completion words runs 2>/dev/null; compgen -f -- "$2") ;;
    *'|'*) REPLY=${1//|/$'\n'} ;;
    *) REPLY=$(command farmdb "${db[@]}" completion words "$1" 2>/dev/null) ;;
    esac
}

# What the word that is being typed, or the value in it, may be.
_farmdb_offer() {
    local kind=$1 text=$2 keep= line
    case $kind in
    runs | labels | metrics) keep=${text%"${text##*,}"} ;;    # several with commas between them
    esac
    case $kind in
    runs) [[ ${text#"$keep"} == [A-Za-z]*=* ]] && keep=$keep${text#"$keep"} && keep=${keep%%=*}= ;;
    esac
    _farmdb_candidates "$kind" "${text#"$keep"}"
    while IFS= read -r line; do
        [[ -n $line && $keep$line == "$text"* ]] && COMPREPLY+=("$keep$line")
    done <<<"$REPLY"
    [[ $kind == files || $kind == commands || $kind == runs ]] && compopt -o filenames 2>/dev/null
}

_farmdb_value_of() {        # OPTION OPTIONS: the kind of its value into REPLY; false where it takes none
    local entry
    for entry in $2; do
        [[ $entry == "$1="* ]] && REPLY=${entry#*=} && return
    done
    return 1
}

_farmdb() {
    local before=${COMP_LINE:0:COMP_POINT} words=() db=() options arguments command= word typed at=0 skip= ended= split
    COMPREPLY=()
    # bash splits words at = : and @ as well; farmdb does not.
    read -ra words <<<"$before"
    [[ $before == *[[:space:]] ]] && words+=("")
    typed=${words[-1]}
    _farmdb_options ''
    options=$REPLY
    for word in "${words[@]:1:${#words[@]}-2}"; do
        if [[ -n $skip ]]; then
            [[ $skip == --db ]] && db=(--db "$word")
            skip=
        elif [[ -n $ended ]]; then
            at=$((at + 1))
        elif [[ $word == -- ]]; then
            ended=yes
        elif [[ $word == -* ]]; then
            [[ $word == --db=* ]] && db=("$word")
            [[ $word != *=* ]] && _farmdb_value_of "$word" "$options" && skip=$word
        elif [[ -z $command ]]; then
            command=$word
            _farmdb_options "$command"
            options="$REPLY $options"
        else
            at=$((at + 1))
            case $command in record | sweep) ended=yes ;; esac
        fi
    done
    _farmdb_arguments "$command"
    arguments=($REPLY)
    if [[ -n $ended && $at -gt 0 ]]; then
        _farmdb_offer files "$typed"
    elif [[ -n $skip ]]; then
        _farmdb_value_of "$skip" "$options" && _farmdb_offer "$REPLY" "$typed"
    elif [[ -z $ended && $typed == --*=* ]]; then
        _farmdb_value_of "${typed%%=*}" "$options" && _farmdb_offer "$REPLY" "${typed#*=}"
        split=${typed%%=*}=
        COMPREPLY=("${COMPREPLY[@]/#/"$split"}")
    elif [[ -z $ended && $typed == -* ]]; then
        for word in $options; do
            [[ $word == --* && ${word%%=*} == "$typed"* ]] && COMPREPLY+=("${word%%=*}")
        done
    else
        [[ $at -ge ${#arguments[@]} && ${arguments[-1]} == *+ ]] && at=$((${#arguments[@]} - 1))
        word=${arguments[at]%+}
        _farmdb_offer "${word:-none}" "$typed"
    fi
    # What bash takes for the word, $2, is the end of ours: what stands before it is there already.
    split=${typed%"$2"}
    COMPREPLY=("${COMPREPLY[@]#"$split"}")
}
complete -F _farmdb farmdb
