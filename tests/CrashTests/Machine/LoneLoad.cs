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
    private const ulong GasLimit = 200_000;

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
            TransactionRefusal refusal = pool.Add(Make(sender, nonce, head));
            Invariant.Check(refusal is not (TransactionRefusal.MemoMismatch or TransactionRefusal.GasLimitTooLow));
        }
    }

    private Transaction Make(int sender, ulong nonce, ChainHead head)
    {
        bool isCall = random.Chance(40);
        ReadOnlyMemory<byte>? memo = null;
        if (random.Chance(40))
        {
            memo = Bytes(random.Between(1, MostMemoBytes));
        }

        byte[] fresh = Bytes(Address.Size);
        return new TransactionBody
        {
            ChainId = chain.Genesis.ChainId,
            Nonce = nonce,
            GasLimit = new Gas(GasLimit),
            GasPrice = head.Parameters.GasPrice,
            To = isCall ? LoneGenesis.Contract
                : random.Chance(50) ? new Address(fresh)
                : ClientLoad.Accounts[random.Below(ClientLoad.Senders)],
            Value = isCall ? default : (ulong)random.Between(1, 1_000_000),
            Data = isCall ? Bytes(32) : default,
            ValidUntil = new Height(Limits.MaxValidityBlocks / 2),
            MemoHash = memo is { } bytes ? Blake2b.Hash(bytes.Span) : Hash32.Zero,
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
