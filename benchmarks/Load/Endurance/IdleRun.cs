using System.Diagnostics;
using EnergyChain.Benchmarks.Load.Workloads;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Devices.Simulation;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;

namespace EnergyChain.Benchmarks.Load.Endurance;

/// <summary>
/// A site's relay in a network that does nothing but make empty blocks: its agent reads simulated meters over Modbus,
/// which run in this process, and keeps the history index, as on a small computer at home.
/// </summary>
internal sealed class IdleRun(TextWriter progress)
{
    private const int Validators = 4;
    private const ulong SlotSeconds = 900;
    private const ulong GateLeadSeconds = 300;
    private const uint Site = 1;

    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(30);

    /// <param name="duration">The measured time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IdleFigure> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        ulong now = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        PhysicalSiteProfile profile = new(seed: 1, index: 0);
        await using SimulatedSite devices = await SimulatedSite.StartAsync(
            new SimulatedSiteOptions { SlotSeconds = (long)SlotSeconds, FirstSlot = (long)(now / SlotSeconds) },
            profile,
            TimeProvider.System,
            cancellationToken);
        using SigningKey account = DevelopmentKeys.SiteAccount((int)Site);
        using SigningKey device = DevelopmentKeys.SiteDevice((int)Site);
        LoadNeeds needs = new(
            [account.Address, device.Address],
            [new GenesisSite(Site, account.Address)],
            [new GenesisDevice(device.Address, Site, TradeWorkload.RatedPowerW, EnergySource.Solar)])
        {
            SlotSeconds = SlotSeconds,
            GateLeadSeconds = GateLeadSeconds,
            ReportWindowSeconds = SlotSeconds,
        };
        ChainParameters parameters = new() { ChainId = new ChainId(GenesisPlan.DevelopmentChainId) };
        LoadOptions options = new() { Validators = Validators, Relays = 1 };
        SiteOptions site = new()
        {
            Id = Site,
            Modbus = new ModbusOptions { Host = devices.EndPoint.Address.ToString(), Port = devices.EndPoint.Port },
        };
        await using LoadNetwork network = new(
            options, LoadGenesis.Of(Validators, parameters, needs), new SiteSetup(site, account, device));
        await network.StartAsync(cancellationToken);
        await progress.WriteLineAsync($"idle in {network.Folder}");
        await Task.Delay(Warmup, cancellationToken);
        LoadNode relay = network.Entries[0];
        ProcessUsage before = relay.Usage;
        long started = Stopwatch.GetTimestamp();
        await Task.Delay(duration, cancellationToken);
        ProcessUsage after = relay.Usage;
        return new IdleFigure(
            after.ResidentBytes,
            after.PeakResidentBytes,
            (after.Cpu - before.Cpu) / Stopwatch.GetElapsedTime(started));
    }
}
