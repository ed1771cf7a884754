# Makes "$@" the command that begins a session where the node can. A child in the foreground of a script
# never leads a group: so setsid does not fork, and the exit code comes through. In the background SIGINT
# would be ignored for ever. Parameters: become.sh, and those of that.
i=$1; shift; f=$1; PITOT_LAB_TAG=$2; export PITOT_LAB_TAG; set -- sh -c "$i" pitot-lab "$@"
if command -v setsid; then set -- setsid "$@"
elif command -v perl; then set -- perl -e 'use POSIX; setsid; exec @ARGV' "$@"; fi >/dev/null
