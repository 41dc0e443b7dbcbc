using System.Diagnostics;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.State;
using EnergyChain.Vm.State;

namespace EnergyChain.Benchmarks.Proofs;

/// <summary>
/// Size and time of proofs over a state of many accounts: made from the tree before the last block, which a block of
/// 10,000 changed accounts has just replaced.
/// </summary>
internal sealed class ProofBenchmark(int accounts, int samples)
{
    private const double MaxProofBytes = 2 * 1024;
    private const double MaxVerifyMicroseconds = 1_000;
    private const int ChangedAccounts = 10_000;

    private readonly ChainId _chainId = new(7);
    private readonly WorldState _state = new();

    public IReadOnlyList<ProofFigure> Run()
    {
        Fill();
        List<ProofFigure> figures =
        [
            Time("a block of 10,000 changed accounts", 1_000, 5, static _ => { }, Change),
        ];
        AccountProof[] present = [.. Sample().Select(number => Prove(AddressOf(number)))];
        AccountProof[] absent = [.. Sample().Select(number => Prove(AddressOf(accounts + number)))];
        Hash32 root = _state.RootBefore;
        figures.Add(Bytes("proof of a balance", present));
        figures.Add(Bytes("proof that there is no account", absent));
        figures.Add(Verify("a balance verified", present, root));
        figures.Add(Verify("no account verified", absent, root));
        figures.Add(Time(
            "a proof made by the node", 1, samples, static _ => { }, i => Prove(AddressOf(i * 97 % accounts))));
        foreach (int members in new[] { 4, 7, 10, 22, 50 })
        {
            AddCertificate(figures, members, present[0], root);
        }

        return figures;
    }

    private static Address AddressOf(int number) =>
        new(Blake2b.Hash(BitConverter.GetBytes(number)).ToArray().AsSpan(0, Address.Size));

    private static ProofFigure Bytes(string name, AccountProof[] proofs)
    {
        int[] bytes = [.. proofs.Select(static proof => Bcs.Encode(proof).Length)];
        return new ProofFigure(name, bytes.Average(), bytes.Max(), "bytes", MaxProofBytes);
    }

    private static ProofFigure Verify(string name, AccountProof[] proofs, Hash32 root) => Time(
        name,
        1,
        proofs.Length,
        static _ => { },
        i => Require(proofs[i].Verify(root)),
        MaxVerifyMicroseconds);

    // Microseconds; the time is given in the unit that the scale makes of them.
    private static ProofFigure Time(
        string name, double scale, int runs, Action<int> prepare, Action<int> run, double? limit = null)
    {
        double[] times = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            prepare(i);
            long start = Stopwatch.GetTimestamp();
            run(i);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / scale;
        }

        Array.Sort(times);
        double most = times[Math.Min(runs - 1, runs * 99 / 100)];
        return new ProofFigure(name, times[runs / 2], most, scale > 1 ? "ms" : "us", limit);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("A proof does not hold.");
        }
    }

    private IEnumerable<int> Sample() => Enumerable.Range(0, samples).Select(i => (int)(i * 7919L % accounts));

    private void Fill()
    {
        const int batch = 50_000;
        for (int from = 0; from < accounts; from += batch)
        {
            _state.Apply(new StateChanges(
                [
                    .. Enumerable.Range(from, Math.Min(batch, accounts - from))
                        .Select(static number => new AccountChange(AddressOf(number), AccountOf(1), false)),
                ],
                [],
                []));
        }
    }

    private static AccountState AccountOf(ulong nonce) =>
        new(nonce, new UInt256(1_000_000), AccountState.EmptyCodeHash);

    private void Change(int round) => _state.Apply(new StateChanges(
        [
            .. Enumerable.Range(0, ChangedAccounts).Select(i => new AccountChange(
                AddressOf((int)(i * 97L % accounts)), AccountOf((ulong)round + 2), false)),
        ],
        [],
        []));

    private AccountProof Prove(Address address)
    {
        // Every sample is of the tree before: what an account held then is what the fifth change found.
        StateProof path = _state.ProveAccountBefore(address);
        AccountValue? value = path.Leaf is { } leaf && leaf.Key == StateLeaf.KeyOfAccount(address)
            ? ValueOf(leaf.ValueHash)
            : null;
        return new AccountProof(address, value, path);
    }

    private static AccountValue ValueOf(Hash32 hash)
    {
        for (ulong nonce = 1; ; nonce++)
        {
            AccountState state = AccountOf(nonce);
            AccountValue value = new(state.Nonce, state.Balance, state.CodeHash);
            if (value.Hash == hash)
            {
                return value;
            }
        }
    }

    private void AddCertificate(List<ProofFigure> figures, int members, AccountProof proof, Hash32 root)
    {
        SigningKey[] keys =
        [
            .. Enumerable.Range(0, members).Select(
                static i => SigningKey.FromSeed(Blake2b.Hash([(byte)i]).ToArray())),
        ];
        Council council = new(keys.Select(static key => new CouncilMember(key.PublicKey)));
        BlockHeader header = HeaderOf(root);
        byte[] signed = Vote.SignedBytes(VoteType.Precommit, header.Height, Round.Zero, header.Hash);
        CommitCertificate certificate = new(
            header.Height,
            Round.Zero,
            header.Hash,
            [.. Enumerable.Range(0, council.QuorumSize)],
            [.. keys.Take(council.QuorumSize).Select(key => key.Sign(SigningDomain.Vote, _chainId, signed))]);
        CertifiedHeader certified = new(header, certificate);
        StateWitness witness = new(certified, [new StorageProof(proof, [])]);
        int bytes = Bcs.Encode(certified).Length;
        figures.Add(new ProofFigure($"header, certificate, council of {members}", bytes, bytes, "bytes", null));
        figures.Add(Time(
            $"all verified, council of {members}",
            1,
            200,
            static _ => { },
            _ => Require(certificate.Verify(_chainId, council) && witness.PathsHold())));
        foreach (SigningKey key in keys)
        {
            key.Dispose();
        }
    }

    private BlockHeader HeaderOf(Hash32 root) => new()
    {
        ChainId = _chainId,
        Height = new Height(1_000_000),
        Time = new BlockTime(1_700_000_000_000),
        ParentHash = root,
        TransactionsRoot = root,
        ParentStateRoot = root,
        ParentReceiptsRoot = root,
        ParentGasUsed = default,
        TermHash = root,
        NextTermHash = root,
        Proposer = default,
        LastCertificateHash = root,
        EvidenceRoot = root,
    };
}
