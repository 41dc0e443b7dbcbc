using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Nodes;

/// <summary>
/// Wallets that send signed transfers to whatever node they happen to reach, and send again what is not final after a
/// while, as wallets do.
/// </summary>
internal sealed class ClientLoad(World world, SeededRandom random)
{
    public const int Senders = 6;

    private const int MostUnderWay = 8;
    private const int AgainEveryMs = 2_000;
    private const ulong GasLimit = 25_000;

    private readonly ulong[] _nonces = new ulong[Senders];
    private readonly SortedDictionary<ulong, Transaction>[] _underWay =
        [.. Enumerable.Range(0, Senders).Select(_ => new SortedDictionary<ulong, Transaction>())];

    public static IReadOnlyList<Address> Accounts { get; } =
        [.. Enumerable.Range(0, Senders).Select(index => SimKeys.Client(index).Address)];

    /// <summary>Transfers that were made.</summary>
    public int Sent { get; private set; }

    /// <summary>Transfers that are final.</summary>
    public int Final { get; private set; }

    public void Begin()
    {
        Send();
        SendAgain();
    }

    /// <summary>Takes note of a block that is final.</summary>
    public void OnFinal(Block block)
    {
        foreach (Transaction transaction in block.Transactions)
        {
            for (int sender = 0; sender < Senders; sender++)
            {
                if (Accounts[sender] == transaction.Sender && _underWay[sender].Remove(transaction.Body.Nonce))
                {
                    Final++;
                }
            }
        }
    }

    private void Send()
    {
        world.Timeline.After(random.Between(1, 2 * world.Plan.TransactionEveryMs), Send);
        int sender = random.Below(Senders);
        if (_underWay[sender].Count >= MostUnderWay)
        {
            return;
        }

        Transaction transfer = new TransactionBody
        {
            ChainId = world.Genesis.ChainId,
            Nonce = _nonces[sender]++,
            GasLimit = new Gas(GasLimit),
            GasPrice = world.Genesis.Parameters.GasPrice,
            To = Accounts[(sender + 1 + random.Below(Senders - 1)) % Senders],
            Value = (ulong)random.Between(1, 1_000_000),
            ValidUntil = new Height(Limits.MaxValidityBlocks / 2),
        }.Sign(SimKeys.Client(sender));
        _underWay[sender].Add(transfer.Body.Nonce, transfer);
        Sent++;
        Submit(transfer);
    }

    private void SendAgain()
    {
        world.Timeline.After(AgainEveryMs, SendAgain);
        foreach (SortedDictionary<ulong, Transaction> underWay in _underWay)
        {
            foreach (Transaction transaction in underWay.Values)
            {
                Submit(transaction);
            }
        }
    }

    private void Submit(Transaction transaction)
    {
        SimNode node = random.Pick(world.Nodes);
        node.Do(() => node.Process!.Pool.Add(transaction));
    }
}
