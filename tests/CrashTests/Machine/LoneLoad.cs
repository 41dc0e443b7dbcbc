using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;
using EnergyChain.Simulation.Nodes;
using EnergyChain.Simulation.Time;

namespace EnergyChain.CrashTests.Machine;

/// <summary>Transfers with and without memos, to old accounts and new ones, and calls that fill storage.</summary>
internal sealed class LoneLoad(Chain chain, TransactionPool pool, SeededRandom random)
{
    private const int MostOfBlock = 5;
    private const int MostMemoBytes = 1_200;

    private Height _offeredAt;

    /// <summary>Gives the pool what goes into the next block; once for each head.</summary>
    public void Offer()
    {
        ChainHead head = chain.Head;
        if (head.Height.Next == _offeredAt)
        {
            return;
        }

        _offeredAt = head.Height.Next;
        int first = random.Below(ClientLoad.Senders);
        for (int i = random.Below(MostOfBlock + 1); i > 0; i--)
        {
            int sender = (first + i) % ClientLoad.Senders;
            ulong nonce = chain.Read((state, _) =>
                state.TryGetAccount(ClientLoad.Accounts[sender], out var account) ? account.Nonce : 0);
            pool.Add(Make(sender, nonce, head));
        }
    }

    private Transaction Make(int sender, ulong nonce, ChainHead head)
    {
        bool isCall = random.Chance(40);
        byte[]? memo = random.Chance(40) ? Bytes(random.Between(1, MostMemoBytes)) : null;
        byte[] fresh = Bytes(Address.Size);
        return new TransactionBody
        {
            ChainId = chain.Genesis.ChainId,
            Nonce = nonce,
            GasLimit = new Gas(isCall ? 80_000UL : 25_000),
            GasPrice = head.Parameters.GasPrice,
            To = isCall ? LoneGenesis.Contract
                : random.Chance(50) ? new Address(fresh)
                : ClientLoad.Accounts[random.Below(ClientLoad.Senders)],
            Value = isCall ? default : (ulong)random.Between(1, 1_000_000),
            Data = isCall ? Bytes(32) : default,
            ValidUntil = new Height(Limits.MaxValidityBlocks / 2),
            MemoHash = memo is null ? Hash32.Zero : Blake2b.Hash(memo),
        }.Sign(SimKeys.Client(sender), memo: memo);
    }

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)random.Below(256);
        }

        return bytes;
    }
}
