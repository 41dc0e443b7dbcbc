using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Processes.Nodes;

/// <summary>
/// Follows a node's final blocks over its public API from the first to the last, through every fall of the node.
/// Thread-safe.
/// </summary>
public sealed class BlockWatch : IAsyncDisposable
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(25);

    private readonly Lock _lock = new();
    private readonly List<SeenBlock> _blocks = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly INodeClient _client;
    private readonly Action<SeenBlock> _onBlock;
    private readonly TimeProvider _time;
    private readonly Task _following;

    public BlockWatch(INodeClient client, Action<SeenBlock> onBlock, TimeProvider time)
    {
        _client = client;
        _onBlock = onBlock;
        _time = time;
        _following = Task.Run(FollowAsync);
    }

    /// <summary>The last height it was told of; 0 for none.</summary>
    public ulong Height
    {
        get
        {
            lock (_lock)
            {
                return _blocks.Count == 0 ? 0 : _blocks[^1].Height;
            }
        }
    }

    /// <summary>When it was told of the last block, as a timestamp of the system's clock; 0 for none.</summary>
    public long LastSeen
    {
        get
        {
            lock (_lock)
            {
                return _blocks.Count == 0 ? 0 : _blocks[^1].SeenAt;
            }
        }
    }

    /// <summary>Every block it was told of, in order.</summary>
    public IReadOnlyList<SeenBlock> Blocks
    {
        get
        {
            lock (_lock)
            {
                return [.. _blocks];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        using PeriodicTimer again = new(AskAgain);
        try
        {
            while (await again.WaitForNextTickAsync(_stop.Token))
            {
                await FollowOnceAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The watch is over.
        }
    }

    private async Task FollowOnceAsync()
    {
        try
        {
            await foreach (BlockInfo block in _client.StreamBlocksAsync(new Height(Height + 1), _stop.Token))
            {
                SeenBlock seen = new(block, _time.GetTimestamp());
                lock (_lock)
                {
                    _blocks.Add(seen);
                }

                _onBlock(seen);
            }
        }
        catch (NodeClientException)
        {
            // The node is down; it is asked again.
        }
    }
}
