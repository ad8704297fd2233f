/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/complete.h"

#include <string.h>

#include "instrument/settings.h"

static const char *const bash_end =
    "_farmcc() {\n"
    "    local typed=${COMP_LINE:0:COMP_POINT} entry value line\n"
    "    typed=${typed##*[[:space:]]}\n"
    "    COMPREPLY=()\n"
    "    if [[ $typed == --farm*=* ]]; then\n"
    "        for entry in \"${_farmcc_options[@]}\"; do\n"
    "            [[ $entry == \"${typed%%=*}=\"* ]] || continue\n"
    "            value=${entry#*=}\n"
    "            [[ $value == *'|'* ]] && COMPREPLY=($(compgen -W \"${value//|/ }\" -- \"${typed#*=}\"))\n"
    "            [[ $value == *'|'* ]] || COMPREPLY=($(compgen -f -- \"${typed#*=}\"))\n"
    "        done\n"
    "    elif [[ $typed == --f* ]]; then\n"
    "        for entry in \"${_farmcc_options[@]}\"; do\n"
    "            [[ $entry == \"$typed\"* ]] && COMPREPLY+=(\"${entry%%=*}${entry:+${entry//[^=]/}}\")\n"
    "        done\n"
    "        [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n"
    "    else\n"
    "        declare -F _gcc >/dev/null || { declare -F _completion_loader >/dev/null && _completion_loader gcc; }\n"
    "        declare -F _gcc >/dev/null && COMP_WORDS[0]=gcc _gcc gcc \"$2\" \"$3\"\n"
    "        [[ ${#COMPREPLY[@]} == 0 ]] && compopt -o default\n"
    "    fi\n"
    "    return 0\n"
    "}\n"
    "complete -F _farmcc farmcc\n";

static const char *const zsh_end =
    ")\n"
    "if [[ $words[CURRENT] == --f* ]]; then\n"
    "    _arguments -S $_farmcc_options '*:file:_files'\n"
    "else\n"
    "    local service=gcc\n"
    "    autoload -Uz _gcc && _gcc\n"
    "fi\n";

static void put_bash(const char *name, const char *value, const char *help, void *out)
{
    fprintf(out, "    '%s%s%s'\n", name, value ? "=" : "", value ? value : "");
}

static void put_zsh(const char *name, const char *value, const char *help, void *out)
{
    fprintf(out, "    '*%s%s[", name, value ? "=-" : "");
    for (const char *at = help; *at; at++)
        fprintf(out, strchr("[]:\\", *at) ? "\\%c" : "%c", *at);
    fputc(']', out);
    if (value && strchr(value, '|')) {
        fputs(":which:(", out);
        for (const char *at = value; *at; at++)
            fputc(*at == '|' ? ' ' : *at, out);
        fputc(')', out);
    } else if (value) {
        fprintf(out, ":%s:_files", value);
    }
    fputs("'\n", out);
}

bool complete_print(const char *shell, FILE *out)
{
    bool zsh = strcmp(shell, "zsh") == 0;
    if (!zsh && strcmp(shell, "bash") != 0)
        return false;
    fprintf(out, "%s# Completion of farmcc for %s, written by `farmcc --farm-completion=%s`: not to be edited.\n%s",
            zsh ? "#compdef farmcc\n" : "", shell, shell, zsh ? "local -a _farmcc_options=(\n" : "_farmcc_options=(\n");
    settings_each(zsh ? put_zsh : put_bash, out);
    fputs(zsh ? zsh_end : ")\n", out);
    if (!zsh)
        fputs(bash_end, out);
    return true;
}
