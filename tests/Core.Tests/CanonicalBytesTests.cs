using CsCheck;
using EnergyChain.Core.Codec;

namespace EnergyChain.Core.Tests;

/// <summary>
/// Every type that is hashed, signed or stored: one value, one encoding, and any bytes get an answer.
/// </summary>
[TestFixtureSource(nameof(Types))]
public sealed class CanonicalBytesTests(CanonicalBytesTests.Subject subject)
{
    public static IEnumerable<TestFixtureData> Types() =>
    [
        Of("TransactionBody", ChainGen.Body),
        Of("Transaction", ChainGen.Transaction),
        Of("Vote", ChainGen.Vote),
        Of("CommitCertificate", ChainGen.Certificate),
        Of("Evidence", ChainGen.Evidence),
        Of("BlockHeader", ChainGen.Header),
        Of("Proposal", ChainGen.Proposal),
        Of("Term", ChainGen.Term),
        Of("TermHistory", ChainGen.TermHistory),
        Of("TermLink", ChainGen.TermLink),
        Of("CommittedBlock", ChainGen.CommittedBlock),
        Of("Receipt", ChainGen.Receipt),
        Of("Genesis", ChainGen.Genesis),
    ];

    [Test]
    public void Encoding_decodes_to_a_value_with_the_same_encoding() => subject.Bytes.Sample(bytes =>
    {
        Assert.That(subject.Reencode(bytes, out byte[] again), Is.EqualTo(DecodeError.None));
        Assert.That(again, Is.EqualTo(bytes));
    });

    [Test]
    public void Encoding_cut_short_is_refused() => Gen.Select(subject.Bytes, Gen.Double[0, 1]).Sample((bytes, share) =>
    {
        byte[] cut = bytes[..(int)(share * (bytes.Length - 1))];
        Assert.That(subject.Reencode(cut, out _), Is.Not.EqualTo(DecodeError.None));
    });

    [Test]
    public void Encoding_with_a_byte_behind_it_is_refused() => subject.Bytes.Sample(bytes =>
        Assert.That(subject.Reencode([.. bytes, 0], out _), Is.EqualTo(DecodeError.TrailingBytes)));

    // What still decodes after a change must be its own canonical encoding: nothing has two encodings.
    [Test]
    public void Mutated_encoding_is_refused_or_is_canonical() =>
        Gen.Select(subject.Bytes, Gen.Int[0, int.MaxValue - 1], Gen.Byte).Sample((bytes, place, value) =>
        {
            byte[] mutated = [.. bytes];
            mutated[place % mutated.Length] = value;
            if (subject.Reencode(mutated, out byte[] again) == DecodeError.None)
            {
                Assert.That(again, Is.EqualTo(mutated));
            }
        });

    [Test]
    public void Random_bytes_get_an_answer() => Gen.Byte.Array[0, 400].Sample(bytes =>
    {
        if (subject.Reencode(bytes, out byte[] again) == DecodeError.None)
        {
            Assert.That(again, Is.EqualTo(bytes));
        }
    });

    private static TestFixtureData Of<T>(string name, Gen<T> values)
        where T : IBcsValue<T> =>
        new TestFixtureData(new Subject(values.Select(Bcs.Encode), Reencode<T>)).SetArgDisplayNames(name);

    private static DecodeError Reencode<T>(byte[] bytes, out byte[] again)
        where T : IBcsValue<T>
    {
        again = Bcs.TryDecode(bytes, out T? value, out DecodeError error) ? Bcs.Encode(value) : [];
        return error;
    }

    public delegate DecodeError Reencoder(byte[] bytes, out byte[] again);

    public sealed record Subject(Gen<byte[]> Bytes, Reencoder Reencode);
}
