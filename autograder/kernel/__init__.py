"""Kernels that are forked warm and run in a sandbox: a provisioner for jupyter_client that knows nothing of grading.

From the outside in: `provisioner` asks for a kernel, `starter` finds or starts the zygote that forks it, `bubblewrap`
is the sandbox around the zygote.  Inside: `zygote` forks, `child` makes the fork a kernel, `isolation`, `init`,
`privileges` and `syscalls` are the sandbox around that one kernel.
"""
