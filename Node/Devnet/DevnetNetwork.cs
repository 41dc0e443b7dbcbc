using System.Net;
using EnergyChain.Node.Devnet.Report;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Devnet;

/// <summary>The running nodes of a devnet: validators as processes, sites' relay nodes in this one.</summary>
public sealed class DevnetNetwork : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private readonly List<ValidatorProcess> _validators = [];
    private readonly List<DevnetSite> _sites = [];
    private readonly List<NodeProbe> _probes = [];
    private readonly TimeProvider _time = TimeProvider.System;

    public IReadOnlyList<ValidatorProcess> Validators => _validators;

    public IReadOnlyList<DevnetSite> Sites => _sites;

    /// <summary>The chain as the first site's relay node sees it.</summary>
    public IChain Chain => _sites[0].Host.Chain;

    /// <summary>Starts all nodes and waits until every one answers and follows the chain.</summary>
    public async Task StartAsync(
        DevnetLayout layout,
        DevnetOptions options,
        Community community,
        FaultLog faults,
        CancellationToken cancellation)
    {
        TimeSpan? restartAfter =
            options.RestartAfterSeconds == 0 ? null : TimeSpan.FromSeconds(options.RestartAfterSeconds);
        for (int index = 0; index < layout.Validators; index++)
        {
            ValidatorProcess validator = new(
                layout.ValidatorName(index),
                layout.ValidatorFolder(index),
                IPEndPoint.Parse(layout.ValidatorPeer(index)),
                restartAfter,
                faults.Add,
                _time);
            validator.Start();
            _validators.Add(validator);
            _probes.Add(new NodeProbe(validator.Status.Name, "consensus", layout.ValidatorApi(index), _time));
        }

        for (int index = 0; index < layout.Homes.Count; index++)
        {
            _sites.Add(await DevnetSite.StartAsync(layout, index, community.Homes[index], cancellation));
            _probes.Add(new NodeProbe(layout.Homes[index], "relay", layout.SiteApi(index), _time));
        }

        await WaitForAllAsync(cancellation);
    }

    /// <summary>
    /// Asks every node for its block and state at one height that all have passed. A node that is down is waited for
    /// a little, as it may be starting again; one that is still behind then has an empty row.
    /// </summary>
    public async Task<IReadOnlyList<NodeRow>> CompareAsync(TimeSpan patience, CancellationToken cancellation)
    {
        long started = _time.GetTimestamp();
        ulong?[] heights = await HeightsAsync(cancellation);
        ulong wanted = Chain.Head.Height.Value;
        while (heights.Any(height => IsBehind(height, wanted)) && _time.GetElapsedTime(started) < patience)
        {
            await Task.Delay(LookEvery, _time, cancellation);
            heights = await HeightsAsync(cancellation);
        }

        ulong common = CommonHeight(heights, wanted);
        return await Task.WhenAll(_probes.Select((probe, index) =>
        {
            int restarts = index < _validators.Count ? _validators[index].Status.Restarts : 0;
            return IsBehind(heights[index], wanted)
                ? Task.FromResult(NodeRow.WithoutAnswer(probe.Name, probe.Role, restarts))
                : probe.AtAsync(common, restarts, cancellation);
        }));
    }

    /// <summary>
    /// The greatest height whose state every node that has come to <paramref name="wanted"/> can tell: the header
    /// above states it. Nodes that are behind do not pull it down to where all agree.
    /// </summary>
    internal static ulong CommonHeight(IReadOnlyList<ulong?> heights, ulong wanted) => heights
        .Where(height => height is > 0 && !IsBehind(height, wanted))
        .Select(height => height!.Value - 1)
        .DefaultIfEmpty(0ul)
        .Min();

    public async ValueTask DisposeAsync()
    {
        foreach (NodeProbe probe in _probes)
        {
            probe.Dispose();
        }

        await Task.WhenAll(_sites.Select(site => site.DisposeAsync().AsTask()));
        await Task.WhenAll(_validators.Select(validator => validator.DisposeAsync().AsTask()));
    }

    private static bool IsBehind(ulong? height, ulong wanted) => height is null || height < wanted;

    private async Task WaitForAllAsync(CancellationToken cancellation)
    {
        long started = _time.GetTimestamp();
        while (true)
        {
            ulong?[] heights = await HeightsAsync(cancellation);
            if (heights.All(height => height is > 0))
            {
                return;
            }

            if (_time.GetElapsedTime(started) > StartPatience)
            {
                IEnumerable<NodeProbe> behind = _probes.Where((_, index) => heights[index] is not > 0);
                string missing = string.Join(", ", behind.Select(probe => probe.Name));
                string reasons = string.Join(' ', _validators.Select(validator => validator.Status.Reason).Distinct());
                throw new OperatorException(
                    $"The network did not start within {StartPatience.TotalSeconds:0} s: {missing} made no block. "
                    + $"{reasons} The log.txt of each node says more.",
                    ExitCode.Failure);
            }

            await Task.Delay(LookEvery, _time, cancellation);
        }
    }

    private Task<ulong?[]> HeightsAsync(CancellationToken cancellation) =>
        Task.WhenAll(_probes.Select(probe => probe.HeightAsync(cancellation)));
}
