using BenchmarkDotNet.Running;
using EnergyChain.Benchmarks.Evm;

// dotnet run --project benchmarks -c Release -- vm --help
// dotnet run --project benchmarks -c Release -- --filter '*'   (--list flat names what there is)
if (args is ["vm", .. string[] rest])
{
    return await VmBenchmarkCommand.RunAsync(rest);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
