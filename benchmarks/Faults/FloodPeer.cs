using EnergyChain.Core.Crypto;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Secure;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>The attacker's end of a link: it does the handshake right and then whatever it likes.</summary>
internal sealed class FloodPeer : IDisposable
{
    private static readonly NetworkOptions Options = new();
    private static readonly PeerCertificate Certificate = PeerCertificate.Create();

    private readonly PeerChannel _main;
    private readonly PeerChannel _transactions;

    private FloodPeer(PeerChannel main, PeerChannel transactions)
    {
        _main = main;
        _transactions = transactions;
    }

    public IFrameStream Main => _main.Stream;

    public IFrameStream Transactions => _transactions.Stream;

    /// <summary>Links; null where it is refused.</summary>
    public static async Task<FloodPeer?> LinkAsync(PeerAddress address, SigningKey key, IChain chain)
    {
        PeerTransport transport = new(Certificate, Options, TimeProvider.System);
        PeerRole role = chain.Head.Council.IndexOf(key.PublicKey) >= 0 ? PeerRole.Consensus : PeerRole.Relay;
        Handshaker handshaker = new(new PeerIdentity(key, role), chain, Options);
        PeerChannel? main = null;
        try
        {
            main = await transport.OpenAsync(address, ConnectionKind.Main, CancellationToken.None);
            HandshakeOutcome first = await handshaker.DialAsync(main.Stream, ConnectionKind.Main, default, null);
            if (first.Reason == DisconnectReason.None)
            {
                PeerChannel second = await transport.OpenAsync(
                    address, ConnectionKind.Transactions, CancellationToken.None);
                HandshakeOutcome outcome = await handshaker.DialAsync(
                    second.Stream, ConnectionKind.Transactions, first.LinkId, null);
                if (outcome.Reason == DisconnectReason.None)
                {
                    return new FloodPeer(main, second);
                }

                second.Dispose();
            }
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
            // Refused below the handshake, which is what the gate is for.
        }

        main?.Dispose();
        return null;
    }

    /// <summary>Reads and forgets, so that it is not the one that reads slowly.</summary>
    public void Drain()
    {
        _ = DrainAsync(Main);
        _ = DrainAsync(Transactions);
    }

    public void Dispose()
    {
        _main.Dispose();
        _transactions.Dispose();
    }

    private static async Task DrainAsync(IFrameStream stream)
    {
        try
        {
            while (await stream.ReadAsync() is not null)
            {
                // Nothing of it is of interest.
            }
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
            // The node has ended the link.
        }
    }
}
