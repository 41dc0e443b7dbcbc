using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>
/// A table of buckets of <see cref="BucketSize"/> places. A group (a source, or a range of addresses) reaches
/// <paramref name="perGroup"/> of the <paramref name="buckets"/>, and an address has one place in one of them, all by a
/// keyed hash. Not thread-safe.
/// </summary>
internal sealed class AddressBuckets(int buckets, int perGroup)
{
    public const int BucketSize = 8;

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(Hash32.Size);
    private readonly KnownAddress?[] _places = new KnownAddress?[buckets * BucketSize];
    private readonly Dictionary<string, int> _byEndpoint = [];

    public int Count => _byEndpoint.Count;

    public IEnumerable<KnownAddress> All => _places.OfType<KnownAddress>();

    public bool TryFind(string endpoint, [NotNullWhen(true)] out KnownAddress? address)
    {
        address = _byEndpoint.TryGetValue(endpoint, out int place) ? _places[place] : null;
        return address is not null;
    }

    /// <summary>
    /// Puts an address into its place; false where another holds it that has not failed
    /// <paramref name="replacedAfterFailures"/> times.
    /// </summary>
    public bool TryPut(KnownAddress address, string group, int replacedAfterFailures)
    {
        int chosen = HashOf("choice", address.Endpoint) % perGroup;
        int bucket = HashOf("bucket " + chosen, group) % buckets;
        int place = (bucket * BucketSize) + (HashOf("place " + bucket, address.Endpoint) % BucketSize);
        if (_places[place] is { } holder)
        {
            if (holder.Failures < replacedAfterFailures)
            {
                return false;
            }

            _byEndpoint.Remove(holder.Endpoint);
        }

        _places[place] = address;
        _byEndpoint[address.Endpoint] = place;
        return true;
    }

    public void Remove(string endpoint)
    {
        if (_byEndpoint.Remove(endpoint, out int place))
        {
            _places[place] = null;
        }
    }

    private int HashOf(string use, string text)
    {
        Hash32 hash = Blake2b.Hash([.. _secret, .. Encoding.UTF8.GetBytes($"{use} {text}")]);
        return BitConverter.ToInt32(hash.ToArray()) & int.MaxValue;
    }
}
