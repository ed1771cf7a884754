# Makes a root in namespaces of its own and stays in it as process 1: the machine's files without a Java, with an upper
# directory that takes every change, or an empty directory. What remains for the network is the loopback interface.
#
#     overlay-root.sh DIRECTORY overlay|empty [HIDDEN...]
#
# DIRECTORY/root becomes the root, DIRECTORY/upper has the changes; both exist in these namespaces only. Of the machine
# DIRECTORY/shared is seen, at the same path.
set -eu

directory=$1
kind=$2
shift 2

mount --make-rprivate /
mkdir "$directory/tree"
mount -t tmpfs -o mode=755 tmpfs "$directory/tree"
mkdir "$directory/tree/upper" "$directory/tree/work" "$directory/tree/root"
root=$directory/tree/root
if [ "$kind" = overlay ]; then
    mount -t overlay overlay -o "lowerdir=/,upperdir=$directory/tree/upper,workdir=$directory/tree/work" "$root"
else
    mount --bind "$directory/tree/upper" "$root"
    mkdir "$root/proc" "$root/dev" "$root/tmp" "$root/run"
fi

mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir -m 1777 "$root/dev/shm"
for device in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9'; do
    # shellcheck disable=SC2086 # name, type and numbers are words
    set_device() { mknod -m 666 "$root/dev/$1" c "$2" "$3"; }
    set_device $device
done
ip link set lo up

for hidden in "$@"; do
    [ ! -d "$root$hidden" ] || mount -t tmpfs tmpfs "$root$hidden"
done
mkdir -p "$root$directory/shared"
mount --bind "$directory/shared" "$root$directory/shared"

echo ready
exec sleep infinity
