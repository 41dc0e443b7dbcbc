using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Hosting;

namespace EnergyChain.Dashboard.Live;

/// <summary>
/// The one link of this process to its node. Whatever is open in browsers, the node sees one stream of blocks and one
/// question a second for its status and sites. Pages read <see cref="Current"/> and watch for changes. Thread-safe.
/// </summary>
public sealed class NodeSession(
    INodeClient node, DashboardOptions options, TimeProvider time, ILogger<NodeSession> logger) : BackgroundService
{
    private static readonly TimeSpan LeastBetweenChanges = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeastStandstill = TimeSpan.FromSeconds(10);

    private readonly Pulse _pulse = new(time, LeastBetweenChanges);
    private readonly Lock _lock = new();
    private volatile NodeView _current = NodeView.Nothing;
    private DateTimeOffset _lastBlock;
    private (ulong ChainId, Hash32 Genesis)? _pinned =
        options is { ChainId: { } id, GenesisHash: { } hash } ? (id, hash) : null;

    /// <summary>The node, for what only one page asks. Prefer <see cref="SharedAnswers"/>.</summary>
    public INodeClient Node => node;

    public NodeView Current => _current;

    /// <summary>Pages that are told of changes.</summary>
    public int WatcherCount => _pulse.WatcherCount;

    /// <summary>Calls back at most twice a second after changes, on a thread of the pool.</summary>
    public IDisposable Watch(Action changed) => _pulse.Watch(changed);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await Task.WhenAll(_pulse.RunAsync(stoppingToken), KeepLinkAsync(stoppingToken));

    private async Task KeepLinkAsync(CancellationToken stop)
    {
        TimeSpan backoff = FirstBackoff;
        _lastBlock = time.GetUtcNow();
        while (true)
        {
            long began = time.GetTimestamp();
            try
            {
                await LinkAsync(stop);
            }
            catch (Exception error) when (!stop.IsCancellationRequested)
            {
                // A fault of one answer must not end the link for good, whatever it is.
                Down(error);
            }

            // A link that held a while is tried again at once.
            backoff = time.GetElapsedTime(began) > MaxBackoff ? FirstBackoff : backoff;
            await Task.Delay(backoff, time, stop);
            backoff = backoff * 2 > MaxBackoff ? MaxBackoff : backoff * 2;
        }
    }

    private async Task LinkAsync(CancellationToken stop)
    {
        ChainInfo chain = await node.GetChainAsync(stop);
        if (!IsExpected(chain))
        {
            return;
        }

        NodeStatusInfo status = await node.GetStatusAsync(stop);
        Change(view => view with { Chain = chain, Status = status, AsOf = time.GetUtcNow() });
        using CancellationTokenSource link = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task first = await Task.WhenAny(
            FollowBlocksAsync(status.Height, link.Token), AskAsync(link.Token), AskForMarketAsync(link.Token));
        await link.CancelAsync();
        await first;
    }

    private async Task FollowBlocksAsync(Height head, CancellationToken stop)
    {
        ulong newest = _current.Blocks.Count > 0 ? _current.Blocks[0].Height.Value : 0;
        ulong oldest = head.Value > NodeView.MaxBlocks ? head.Value - NodeView.MaxBlocks + 1 : 1;
        Height from = new(Math.Max(newest + 1, oldest));
        await foreach (BlockInfo block in node.StreamBlocksAsync(from, stop))
        {
            _lastBlock = time.GetUtcNow();
            BlockRow row = BlockRow.Of(block);
            Change(view => view.With(row));
        }

        throw new NodeClientException(NodeClientError.Unreachable, "The node ended its stream of blocks.");
    }

    private async Task AskAsync(CancellationToken stop)
    {
        using PeriodicTimer timer = new(AskEvery, time);
        do
        {
            NodeStatusInfo status = await node.GetStatusAsync(stop);
            IReadOnlyList<SiteInfo> sites = await SitesAsync(stop);
            if (status.GenesisHash != _current.Chain?.GenesisHash)
            {
                throw new NodeClientException(NodeClientError.Unreachable, "Another node answers at this address.");
            }

            DateTimeOffset now = time.GetUtcNow();
            Change(view => view with
            {
                Status = status,
                Sites = sites,
                AsOf = now,
                Link = Standstill(now, view.Chain) ? new LinkState.Stale(_lastBlock) : new LinkState.Live(),
            });
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    // Its parameters change by votes only: once a minute is often enough.
    private async Task AskForMarketAsync(CancellationToken stop)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMinutes(1), time);
        do
        {
            try
            {
                MarketParameters market = await new MarketReader(node).GetParametersAsync(stop);
                RegistryParameters registry = await node.QueryAsync(
                    MeterRegistryContract.Address, MeterRegistryContract.Parameters(), stop);
                Change(view => view with { Market = market, Registry = registry });
            }
            catch (Exception error) when (error is CallRevertedException
                or NodeClientException { Error: NodeClientError.BadAnswer })
            {
                Change(view => view with { Market = null, Registry = null });
            }
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private async Task<IReadOnlyList<SiteInfo>> SitesAsync(CancellationToken stop)
    {
        try
        {
            List<SiteInfo> sites = [];
            string token = "";
            do
            {
                PageOf<SiteInfo> page = await node.ListSitesAsync(token, stop);
                sites.AddRange(page.Rows);
                token = page.NextPageToken;
            }
            while (token.Length > 0 && sites.Count < NodeView.MaxSites);

            return sites;
        }
        catch (NodeClientException error) when (error.Error == NodeClientError.NotKept)
        {
            return [];
        }
    }

    private bool Standstill(DateTimeOffset now, ChainInfo? chain)
    {
        TimeSpan interval = chain?.BlockInterval ?? TimeSpan.Zero;
        TimeSpan patience = 10 * interval > LeastStandstill ? 10 * interval : LeastStandstill;
        return now - _lastBlock > patience;
    }

    private bool IsExpected(ChainInfo chain)
    {
        ulong id = options.ChainId ?? _pinned?.ChainId ?? chain.ChainId.Value;
        Hash32 genesis = options.GenesisHash ?? _pinned?.Genesis ?? chain.GenesisHash;
        if (chain.ChainId.Value == id && chain.GenesisHash == genesis)
        {
            _pinned = (id, genesis);
            return true;
        }

        string expected = $"{id}, {genesis}";
        string found = $"{chain.ChainId}, {chain.GenesisHash}";
        logger.WrongChain(expected, found);
        Change(_ => NodeView.Nothing with { Link = new LinkState.WrongChain(expected, found) });
        return false;
    }

    private void Down(Exception error)
    {
        (NodeClientError kind, string reason) = error is NodeClientException known
            ? (known.Error, known.Message)
            : (NodeClientError.BadAnswer, "The node's answers make no sense to this program.");
        if (_current.Link is not LinkState.Down)
        {
            logger.LinkLost(error, reason);
        }

        DateTimeOffset now = time.GetUtcNow();
        Change(view => view with
        {
            Link = view.Link is LinkState.Down down
                ? new LinkState.Down(down.Since, kind, reason)
                : new LinkState.Down(view.AsOf == default ? now : view.AsOf, kind, reason),
        });
    }

    private void Change(Func<NodeView, NodeView> change)
    {
        lock (_lock)
        {
            NodeView before = _current;
            _current = change(before);
            if (before.Link.GetType() != _current.Link.GetType())
            {
                logger.LinkChanged(_current.Link.GetType().Name);
            }
        }

        _pulse.Mark();
    }
}
