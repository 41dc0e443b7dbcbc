using EnergyChain.Core;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>
/// Addresses that other relays told, bounded: when full, one that has failed most often makes room, and where none
/// has failed the newcomer stays out. Thread-safe.
/// </summary>
internal sealed class AddressBook
{
    private const int ForgottenAfterFailures = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _failures = [];

    public void Add(PeerAddress address)
    {
        lock (_lock)
        {
            if (_failures.ContainsKey(address.Endpoint))
            {
                return;
            }

            if (_failures.Count >= Limits.MaxKnownAddresses)
            {
                (string worst, int failures) = _failures.MaxBy(entry => entry.Value);
                if (failures == 0)
                {
                    return;
                }

                _failures.Remove(worst);
            }

            _failures[address.Endpoint] = 0;
        }
    }

    public void OnFailed(string endpoint)
    {
        lock (_lock)
        {
            if (_failures.TryGetValue(endpoint, out int failures))
            {
                _failures[endpoint] = failures + 1;
                if (failures + 1 >= ForgottenAfterFailures)
                {
                    _failures.Remove(endpoint);
                }
            }
        }
    }

    public void OnLinked(string endpoint)
    {
        lock (_lock)
        {
            if (_failures.ContainsKey(endpoint))
            {
                _failures[endpoint] = 0;
            }
        }
    }

    /// <summary>Known addresses, those that failed least first.</summary>
    public IReadOnlyList<PeerAddress> Candidates()
    {
        lock (_lock)
        {
            return
            [
                .. _failures.OrderBy(entry => entry.Value)
                    .Select(entry => PeerAddress.TryParse(entry.Key, out PeerAddress? address) ? address : null)
                    .OfType<PeerAddress>(),
            ];
        }
    }
}
