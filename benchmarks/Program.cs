using BenchmarkDotNet.Running;

// dotnet run --project benchmarks -c Release -- --filter '*'   (--list flat names what there is)
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
