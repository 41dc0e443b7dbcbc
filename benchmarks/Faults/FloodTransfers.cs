using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Links;
using Google.Protobuf;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>
/// Transfers of the attacker's accounts, signed and encoded before the phase, so that what is measured is the nodes and
/// not their attacker. Given in turns by account; where an account has none left it starts over with those that no
/// block holds yet, as who was refused would. For one caller.
/// </summary>
internal sealed class FloodTransfers
{
    private const int PerAccount = 600;

    private readonly FloodNetwork _network;
    private readonly Address[] _accounts = new Address[FloodNetwork.Accounts];
    private readonly ulong[] _first = new ulong[FloodNetwork.Accounts];
    private readonly int[] _given = new int[FloodNetwork.Accounts];
    private readonly ByteString[][] _packed = new ByteString[FloodNetwork.Accounts][];
    private int _turn;

    public FloodTransfers(FloodNetwork network, Func<Transaction, Transaction> change)
    {
        _network = network;
        for (int number = 0; number < FloodNetwork.Accounts; number++)
        {
            using SigningKey account = FloodNetwork.Account(number);
            ulong first = network.Relay.Pool.NextNonce(account.Address);
            _accounts[number] = account.Address;
            _first[number] = first;
            _packed[number] = [.. Enumerable.Range(0, PerAccount)
                .Select(next => Frames.Pack(change(Transfer(account, first + (ulong)next))))];
        }
    }

    public ByteString Next()
    {
        int number = _turn;
        _turn = (_turn + 1) % FloodNetwork.Accounts;
        if (_given[number] == PerAccount)
        {
            ulong next = _network.Relay.Pool.NextNonce(_accounts[number]);
            _given[number] = (int)((next - _first[number]) % PerAccount);
        }

        return _packed[number][_given[number]++];
    }

    private Transaction Transfer(SigningKey account, ulong nonce) => new TransactionBody
    {
        ChainId = _network.Genesis.ChainId,
        Nonce = nonce,
        GasLimit = new Gas(21_000),
        GasPrice = _network.Genesis.Parameters.GasPrice,
        To = Address.FromNumber(0xF100D),
        Value = UInt256.One,
        ValidUntil = new Height(_network.Relay.Chain.Head.Height.Value + 1_000),
    }.Sign(account);
}
