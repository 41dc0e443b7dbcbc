using System.Net;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Secure;

namespace EnergyChain.Node.Network.Judgement;

/// <summary>
/// The scores of node keys and of hosts, and who is banned. A key costs nothing, so what it does counts for its host
/// too. Members of the council are not banned by score: that would let an attacker who makes one look bad cost the
/// chain its quorum. Thread-safe.
/// </summary>
internal sealed class PeerScores(
    IChain chain,
    BanList bans,
    NetworkOptions options,
    NetworkMetrics metrics,
    LogBudget budget,
    TimeProvider time,
    ILogger<PeerScores> logger)
{
    private const int Remembered = 4_096;

    private readonly ScoreBook<PeerId> _peers = new(Remembered, time);
    private readonly ScoreBook<IPAddress> _hosts = new(Remembered, time);

    public IReadOnlyList<Ban> Bans => bans.InForce;

    public int Of(PeerId peer) => _peers.Of(peer);

    public int Of(IPAddress address) => _hosts.Of(AddressGroups.HostOf(address));

    public bool IsBanned(PeerId peer) => bans.Contains(peer.Key.ToString());

    public bool IsBanned(IPAddress address) =>
        !options.IsExempt(address) && bans.Contains(AddressGroups.HostOf(address).ToString());

    /// <summary>Counts what a peer did that has proven its key.</summary>
    /// <param name="peer">Who.</param>
    /// <param name="host">Where it dialed from; null where this node dialed, or where others share the place.</param>
    /// <param name="offence">What.</param>
    public PeerVerdict Report(PeerId peer, IPAddress? host, PeerOffence offence)
    {
        metrics.Offended(offence);
        int score = _peers.Add(peer, offence.Points());
        bool isMember = chain.Head.Council.IndexOf(peer.Key) >= 0;
        if (score < PeerOffences.BanPoints)
        {
            return PeerVerdict.Tolerated;
        }

        if (isMember)
        {
            if (budget.TryTake())
            {
                logger.MemberMisbehaves(peer, offence, score);
            }

            return PeerVerdict.Suspected;
        }

        Announce(bans.Add(peer.Key.ToString(), offence.ToString()));
        if (host is not null)
        {
            CountHost(host, offence, PeerOffences.BanPoints / 3);
        }

        return PeerVerdict.Banned;
    }

    /// <summary>Counts what a host did without a proven key; whether it is banned now.</summary>
    public bool Report(IPAddress host, PeerOffence offence)
    {
        metrics.Offended(offence);
        return CountHost(host, offence, offence.Points());
    }

    /// <summary>Follows the operator's orders and keeps the bans on disk; whom the orders ban.</summary>
    public IReadOnlyList<string> Refresh()
    {
        (IReadOnlyList<string> pardoned, IReadOnlyList<string> banned) = bans.Refresh();
        foreach (string subject in pardoned)
        {
            logger.Pardoned(subject);
            if (Core.Crypto.PublicKey.TryParse(subject, out Core.Crypto.PublicKey key))
            {
                _peers.Clear(new PeerId(key));
            }
            else if (IPAddress.TryParse(subject, out IPAddress? host))
            {
                _hosts.Clear(host);
            }
        }

        return banned;
    }

    private bool CountHost(IPAddress address, PeerOffence offence, int points)
    {
        if (options.IsExempt(address))
        {
            return false;
        }

        IPAddress host = AddressGroups.HostOf(address);
        bool banned = _hosts.Add(host, points) >= PeerOffences.BanPoints;
        if (banned && !bans.Contains(host.ToString()))
        {
            Announce(bans.Add(host.ToString(), offence.ToString()));
        }

        return banned;
    }

    private void Announce(Ban ban)
    {
        metrics.BanMade();
        if (budget.TryTake())
        {
            logger.PeerBanned(ban.Subject, DateTimeOffset.FromUnixTimeMilliseconds(ban.UntilMs), ban.Reason);
        }
    }
}
