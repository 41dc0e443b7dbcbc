// These tests wait for sockets, disks and each other more than they compute: fixtures run side by side. Those that look
// at the whole process, or need the machine, say NonParallelizable.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
