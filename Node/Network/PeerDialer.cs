using EnergyChain.Node.Network.Gossip;
using EnergyChain.Node.Network.Links;

namespace EnergyChain.Node.Network;

/// <summary>
/// Keeps a link to every configured peer, and on a relay a few to peers that other relays told of. The first retry
/// comes fast, so that a node that was killed is back at once; the pause then doubles up to its cap.
/// </summary>
internal sealed class PeerDialer(
    PeerIdentity identity,
    PeerConnector connector,
    LinkTable links,
    AddressBook book,
    NetworkOptions options,
    TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Task> loops = [];
        foreach (string text in options.StaticPeers)
        {
            if (PeerAddress.TryParse(text, out PeerAddress? address) && address.Endpoint != options.AdvertisedAddress)
            {
                loops.Add(KeepAsync(address, stoppingToken));
            }
        }

        if (identity.Role == PeerRole.Relay)
        {
            loops.Add(ExploreAsync(stoppingToken));
        }

        try
        {
            await Task.WhenAll(loops);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task KeepAsync(PeerAddress address, CancellationToken stoppingToken)
    {
        int retryMs = options.FirstRetryMs;
        while (true)
        {
            DialResult result = await connector.DialAsync(address, stoppingToken);
            stoppingToken.ThrowIfCancellationRequested();
            if (result.Peer is { } peer && links.TryGet(peer, out PeerLink? other))
            {
                // The peer has dialed us, or does so by another address: nothing to do while that link lives.
                await WaitForEndAsync(other, stoppingToken);
                retryMs = options.FirstRetryMs;
            }

            retryMs = result.WasLinked ? options.FirstRetryMs : retryMs;
            int pauseMs = result.Reason.NeedsOperator() ? options.RefusedRetryMs : retryMs;
            await Task.Delay(TimeSpan.FromMilliseconds(pauseMs), time, stoppingToken);
            retryMs = Math.Min(retryMs * 2, options.MaxRetryMs);
        }
    }

    private async Task ExploreAsync(CancellationToken stoppingToken)
    {
        Dictionary<string, Task> dialing = [];
        while (true)
        {
            foreach ((string endpoint, Task _) in dialing.Where(entry => entry.Value.IsCompleted).ToArray())
            {
                dialing.Remove(endpoint);
            }

            int wanted = options.TargetRelayLinks - links.All.Count;
            HashSet<string> taken =
                [.. links.All.Select(link => link.Address), .. links.All.Select(link => link.ListenAddress)];
            foreach (PeerAddress address in book.Candidates()
                .Where(each => !taken.Contains(each.Endpoint) && !dialing.ContainsKey(each.Endpoint)
                    && each.Endpoint != options.AdvertisedAddress)
                .Take(Math.Max(wanted, 0)))
            {
                dialing[address.Endpoint] = TryAsync(address, stoppingToken);
            }

            book.Save();
            await Task.Delay(TimeSpan.FromMilliseconds(options.MaxRetryMs), time, stoppingToken);
        }
    }

    private async Task TryAsync(PeerAddress address, CancellationToken stoppingToken)
    {
        DialResult result = await connector.DialAsync(address, stoppingToken);
        if (!result.WasLinked && result.Reason != DisconnectReason.DuplicateLink)
        {
            book.OnFailed(address.Endpoint);
        }
    }

    private static async Task WaitForEndAsync(PeerLink link, CancellationToken stoppingToken)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration onEnd = link.Closing.Register(() => ended.TrySetResult());
        await ended.Task.WaitAsync(stoppingToken);
    }
}
