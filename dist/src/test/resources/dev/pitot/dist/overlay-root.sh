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
while read -r name minor; do
    mknod -m 666 "$root/dev/$name" c 1 "$minor"
done <<DEVICES
null 3
zero 5
full 7
random 8
urandom 9
DEVICES
ip link set lo up

for hidden in "$@"; do
    [ ! -d "$root$hidden" ] || mount -t tmpfs tmpfs "$root$hidden"
done
mkdir -p "$root$directory/shared"
mount --bind "$directory/shared" "$root$directory/shared"

echo ready
exec sleep infinity
