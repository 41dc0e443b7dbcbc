using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Network.Links;

namespace EnergyChain.Node.Network.Sync;

/// <summary>Runs <see cref="ChainRepair"/> beside the chain.</summary>
internal sealed class BlockRepairService : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ChainRepair _repair;
    private readonly TimeProvider _time;
    private readonly bool _isOn;

    public BlockRepairService(
        IChain chain,
        LinkTable links,
        ReplyTable replies,
        IPeerJudge judge,
        NetworkOptions options,
        TimeProvider time,
        ILogger<BlockRepairService> logger)
    {
        _time = time;
        _isOn = options.FetchesBlocks;
        BlockRepair blocks = new(
            () => [.. links.All.Select(link => new LinkSnapshotPeer(link, replies, judge, options, logger))], logger);
        _repair = new ChainRepair(chain, blocks, time);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Pause, _time);
        try
        {
            while (_isOn && await timer.WaitForNextTickAsync(stoppingToken))
            {
                _repair.ReadOn();
                await _repair.MendAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
