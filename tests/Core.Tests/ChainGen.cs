using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

/// <summary>Generators of arbitrary well-formed chain values.</summary>
internal static class ChainGen
{
    public static readonly Gen<Hash32> Hash = Gen.Byte.Array[32].Select(bytes => new Hash32(bytes));

    public static readonly Gen<Address> Address = Gen.Byte.Array[20].Select(bytes => new Address(bytes));

    public static readonly Gen<UInt256> U256 = Gen.OneOf(
        Gen.Byte.Array[0, 32].Select(bytes => UInt256.FromBigEndian(bytes)),
        Gen.Const(UInt256.Zero),
        Gen.Const(UInt256.One),
        Gen.Const(UInt256.MaxValue),
        Gen.Const(new UInt256(ulong.MaxValue)));

    public static readonly Gen<PublicKey> PublicKey = Gen.Byte.Array[32].Select(bytes => new PublicKey(bytes));

    public static readonly Gen<Signature> Signature = Gen.Byte.Array[64].Select(bytes => new Signature(bytes));

    public static readonly Gen<Round?> OptionalRound =
        Gen.Int[-1, 40].Select(value => value < 0 ? (Round?)null : new Round((uint)value));

    public static readonly Gen<TransactionBody> Body =
        from numbers in Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, Gen.ULong)
        from price in U256
        from value in U256
        from data in Gen.Byte.Array[0, 200]
        from memoHash in Hash
        from to in Optional(Address)
        from payer in Optional(Address)
        select new TransactionBody
        {
            ChainId = new ChainId(numbers.Item1),
            Nonce = numbers.Item2,
            GasLimit = new Gas(numbers.Item3),
            GasPrice = price,
            To = to,
            Value = value,
            Data = data,
            ValidUntil = new Height(numbers.Item4),
            MemoHash = memoHash,
            FeePayer = payer,
        };

    public static readonly Gen<Transaction> Transaction =
        from body in Body
        from key in PublicKey
        from signature in Signature
        from payer in Optional(Gen.Select(PublicKey, Signature, (k, s) => new FeePayerSignature(k, s)))
        from memo in Optional(Gen.Byte.Array[0, 300].Select(bytes => new ReadOnlyMemory<byte>(bytes)))
        select new Transaction(body, key, signature, payer, memo);

    public static readonly Gen<Vote> Vote =
        from isPrevote in Gen.Bool
        from height in Gen.ULong
        from round in Gen.UInt
        from hash in Optional(Hash)
        from validator in Gen.Int[0, Limits.MaxCouncilMembers - 1]
        from signature in Signature
        select new Vote(
            isPrevote ? VoteType.Prevote : VoteType.Precommit,
            new Height(height),
            new Round(round),
            hash,
            validator,
            signature);

    public static readonly Gen<CommitCertificate> Certificate =
        from height in Gen.ULong
        from round in Gen.UInt
        from hash in Hash
        from signers in Gen.Int[0, Limits.MaxCouncilMembers - 1].HashSet[0, 20]
        from signatures in Signature.Array[signers.Count]
        select new CommitCertificate(
            new Height(height), new Round(round), hash, [.. signers.Order()], signatures);

    public static readonly Gen<SignedProposal> SignedProposal =
        from height in Gen.ULong
        from round in Gen.UInt
        from validRound in OptionalRound
        from hash in Hash
        from proposer in Gen.Int[0, Limits.MaxCouncilMembers - 1]
        from signature in Signature
        select new SignedProposal(new Height(height), new Round(round), validRound, hash, proposer, signature);

    public static readonly Gen<Evidence> Evidence = Gen.OneOf<Evidence>(
        Gen.Select(Vote, Vote, (one, other) => (Evidence)new Evidence.DoubleVote(one, other)),
        Gen.Select(SignedProposal, SignedProposal, (one, other) => (Evidence)new Evidence.DoubleProposal(one, other)));

    public static readonly Gen<BlockHeader> Header =
        from numbers in Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, Gen.ULong)
        from hashes in Hash.Array[8]
        from proposer in Address
        select new BlockHeader
        {
            ChainId = new ChainId(numbers.Item1),
            Height = new Height(numbers.Item2),
            Time = new BlockTime(numbers.Item3),
            ParentHash = hashes[0],
            TransactionsRoot = hashes[1],
            ParentStateRoot = hashes[2],
            ParentReceiptsRoot = hashes[3],
            ParentGasUsed = new Gas(numbers.Item4),
            TermHash = hashes[4],
            NextTermHash = hashes[7],
            Proposer = proposer,
            LastCertificateHash = hashes[5],
            EvidenceRoot = hashes[6],
        };

    public static readonly Gen<Term> Term =
        from keys in PublicKey.HashSet[1, 7]
        from numbers in Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, Gen.ULong)
        from price in U256
        select new Term(
            new Council(keys.Order().Select(key => new CouncilMember(key))),
            new ChainParameters
            {
                ChainId = new ChainId(7),
                BlockIntervalMs = numbers.Item1,
                BlockGasLimit = new Gas(numbers.Item2),
                TransactionGasLimit = new Gas(numbers.Item3),
                GasPrice = price,
                EpochBlocks = numbers.Item4,
            });

    public static readonly Gen<TermHistory> TermHistory =
        from first in Term
        from more in Gen.Select(Gen.UInt[1, 1_000], Term).Array[0, 4]
        select more.Where(next => next.Item2.Hash != first.Hash).Aggregate(
            new TermHistory(first),
            (history, next) => history.Last.Hash == next.Item2.Hash
                ? history
                : history.Add(new Height(history.Starts[^1].From.Value + next.Item1), next.Item2));

    public static readonly Gen<Proposal> Proposal =
        from round in Gen.UInt
        from validRound in OptionalRound
        from header in Header
        from certificate in OptionalClass(Certificate)
        from evidence in Evidence.Array[0, 2]
        from ids in Hash.Array[0, 6]
        from signature in Signature
        from next in OptionalClass(Term)
        select new Proposal(new Round(round), validRound, header, certificate, evidence, ids, signature, next);

    public static readonly Gen<CommittedBlock> CommittedBlock =
        from header in Header
        from last in OptionalClass(Certificate)
        from evidence in Evidence.Array[0, 2]
        from transactions in Transaction.Array[0, 4]
        from certificate in Certificate
        from next in OptionalClass(Term)
        select new CommittedBlock(new Block(header, last, evidence, transactions, next), certificate);

    public static readonly Gen<TermLink> TermLink =
        Gen.Select(Header, Certificate, Term, (header, certificate, next) => new TermLink(header, certificate, next));

    public static readonly Gen<Receipt> Receipt =
        from id in Hash
        from succeeded in Gen.Bool
        from gas in Gen.ULong
        from created in Optional(Address)
        from logs in Gen.Select(
            Address, Hash.Array[0, 4], Gen.Byte.Array[0, 90], (a, t, d) => new LogEntry(a, t, d)).Array[0, 3]
        from output in Gen.Byte.Array[0, 100]
        select new Receipt(id, succeeded, new Gas(gas), created, logs, output);

    public static readonly Gen<Genesis> Genesis =
        from time in Gen.ULong
        from chainId in Gen.ULong
        from keys in PublicKey.HashSet[1, 7]
        from accounts in Gen.Select(
            Address,
            U256,
            Gen.Byte.Array[0, 64],
            Gen.Select(U256, U256, (key, value) => new StorageSlot(key, value)).Array[0, 3],
            (a, b, c, s) => new GenesisAccount(a, b, c, s)).Array[0, 4]
        select new Genesis(
            new BlockTime(time),
            new ChainParameters { ChainId = new ChainId(chainId) },
            new Council(keys.Order().Select(key => new CouncilMember(key))),
            accounts);

    private static Gen<T?> Optional<T>(Gen<T> value)
        where T : struct =>
        Gen.Select(Gen.Bool, value, (present, some) => present ? some : (T?)null);

    private static Gen<T?> OptionalClass<T>(Gen<T> value)
        where T : class =>
        Gen.Select(Gen.Bool, value, (present, some) => present ? some : null);
}
