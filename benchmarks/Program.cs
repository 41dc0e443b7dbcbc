using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using EnergyChain.Benchmarks.Evm;
using EnergyChain.Benchmarks.Faults;
using EnergyChain.Benchmarks.Index;
using EnergyChain.Benchmarks.Join;
using EnergyChain.Benchmarks.Load;
using EnergyChain.Benchmarks.Load.Curves;
using EnergyChain.Benchmarks.Load.Endurance;
using EnergyChain.Benchmarks.Proofs;
using EnergyChain.Benchmarks.Storage;
using EnergyChain.Benchmarks.Verify;

// dotnet run --project benchmarks -c Release -- vm --help
// dotnet run --project benchmarks -c Release -- join [--accounts 1000000] [--json]
// dotnet run --project benchmarks -c Release -- index [--transactions N] [--workload transfer|order|meter] [--json]
// dotnet run --project benchmarks -c Release -- network --help
// dotnet run --project benchmarks -c Release -- saturation [--validators 1,4,7] [--seconds 20] [--out docs/performance]
// dotnet run --project benchmarks -c Release -- soak [--minutes 10] [--share 0.7]
// dotnet run --project benchmarks -c Release -- idle [--seconds 60]
// dotnet run --project benchmarks -c Release -- shortest [--rate 1000]
// dotnet run --project benchmarks -c Release -- faults --help
// dotnet run --project benchmarks -c Release -- verify [--blocks N] [--transactions 4000] [--json]
// dotnet run --project benchmarks -c Release -- proofs [--accounts 1000000] [--json]
// dotnet run --project benchmarks -c Release -- flood [--json] [--seconds N]
// dotnet run --project benchmarks -c Release -- storage [--accounts 1000000] [--blocks 1000] [--json]
// dotnet run --project benchmarks -c Release -- channel
// dotnet run --project benchmarks -c Release -- --filter '*'   (--list flat names what there is)
if (args is ["vm", .. string[] rest])
{
    return await VmBenchmarkCommand.RunAsync(rest);
}

if (args is ["join", .. string[] options])
{
    return await JoinBenchmarkCommand.RunAsync(options);
}

if (args is ["verify", .. string[] verifyOptions])
{
    return await VerifyBenchmarkCommand.RunAsync(verifyOptions);
}

if (args is ["index", .. string[] indexOptions])
{
    return await IndexBenchmarkCommand.RunAsync(indexOptions);
}

if (args is ["proofs", .. string[] proofOptions])
{
    return await ProofBenchmarkCommand.RunAsync(proofOptions);
}

if (args is ["network", .. string[] others])
{
    return await LoadCommand.RunAsync(others);
}

if (args is ["saturation", .. string[] saturationOptions])
{
    return await SaturationCommand.RunAsync(saturationOptions);
}

if (args is ["soak", .. string[] soakOptions])
{
    return await SoakCommand.RunAsync(soakOptions);
}

if (args is ["idle", .. string[] idleOptions])
{
    return await IdleCommand.RunAsync(idleOptions);
}

if (args is ["shortest", .. string[] shortestOptions])
{
    return await ShortestCommand.RunAsync(shortestOptions);
}

if (args is ["faults", .. string[] faultOptions])
{
    return await FaultsCommand.RunAsync(faultOptions);
}

if (args is ["flood", .. string[] floodOptions])
{
    return await FloodCommand.RunAsync(floodOptions);
}

if (args is ["storage", .. string[] storageOptions])
{
    return await StorageBenchmarkCommand.RunAsync(storageOptions);
}

if (args is ["channel"])
{
    await ChannelBenchmark.RunAsync();
    return 0;
}

// In this process: it has the settings of a node, and nothing is built on the way.
IEnumerable<Summary> summaries = BenchmarkSwitcher.FromAssembly(typeof(FloodCommand).Assembly)
    .Run([.. args, "--inProcess"]);
return summaries.Any(static each => each.HasCriticalValidationErrors || each.Reports.Any(static one => !one.Success))
    ? 1
    : 0;
