using System.Text;
using System.Text.Json;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

public sealed class Ed25519Tests
{
    [Test]
    public void SelfCheck_on_the_pinned_library_passes() => Assert.That(Ed25519SelfCheck.Run, Throws.Nothing);

    [Test]
    public void Speccheck_only_case_3_is_accepted()
    {
        using JsonDocument cases = SharedData.Json("vectors/ed25519/speccheck_cases.json");
        bool[] accepted = [.. cases.RootElement.EnumerateArray().Select(item => Verifies(
            item.GetProperty("pub_key"), item.GetProperty("message"), item.GetProperty("signature")))];
        Assert.That(accepted, Is.EqualTo(Enumerable.Range(0, 12).Select(index => index == 3)));
    }

    // Torsion alone (low_order_component_*) does not make a signature wrong where the cofactorless equation holds.
    [Test]
    public void Cctv_accepted_are_exactly_those_whose_only_oddity_is_a_torsion_component()
    {
        using JsonDocument cases = SharedData.Json("vectors/ed25519/cctv_ed25519vectors.json");
        foreach (JsonElement item in cases.RootElement.EnumerateArray())
        {
            byte[] message = Encoding.UTF8.GetBytes(item.GetProperty("msg").GetString()!);
            JsonElement flags = item.GetProperty("flags");
            bool expected = flags.ValueKind == JsonValueKind.Null || flags.EnumerateArray().All(
                flag => flag.GetString()!.StartsWith("low_order_component", StringComparison.Ordinal));
            Assert.That(
                Verifies(item.GetProperty("key"), message, item.GetProperty("sig")),
                Is.EqualTo(expected),
                $"vector {item.GetProperty("number")}, flags {flags}");
        }
    }

    [Test]
    public void Wycheproof_every_vector_has_its_published_result()
    {
        using JsonDocument cases = SharedData.Json("vectors/ed25519/wycheproof_ed25519_test.json");
        int count = 0;
        foreach (JsonElement group in cases.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            JsonElement key = group.GetProperty("publicKey").GetProperty("pk");
            foreach (JsonElement item in group.GetProperty("tests").EnumerateArray())
            {
                bool valid = item.GetProperty("result").GetString() == "valid";
                Assert.That(
                    Verifies(key, item.GetProperty("msg"), item.GetProperty("sig")),
                    Is.EqualTo(valid),
                    $"tcId {item.GetProperty("tcId")}: {item.GetProperty("comment")}");
                count++;
            }
        }

        Assert.That(count, Is.EqualTo(cases.RootElement.GetProperty("numberOfTests").GetInt32()));
    }

    [Test]
    public void Signature_of_one_use_or_chain_does_not_verify_for_another()
    {
        using SigningKey key = SigningKey.FromSeed(new byte[32]);
        byte[] bytes = [1, 2, 3];
        Signature signature = key.Sign(SigningDomain.Vote, new ChainId(1), bytes);

        Assert.That(Holds(SigningDomain.Vote, 1), Is.True);
        Assert.That(Holds(SigningDomain.Proposal, 1), Is.False);
        Assert.That(Holds(SigningDomain.Vote, 2), Is.False);

        bool Holds(SigningDomain domain, ulong chain) =>
            SignatureCheck.Holds(domain, new ChainId(chain), bytes, key.PublicKey, signature);
    }

    private static bool Verifies(JsonElement key, JsonElement message, JsonElement signature) =>
        Verifies(key, Convert.FromHexString(message.GetString()!), signature);

    private static bool Verifies(JsonElement key, byte[] message, JsonElement signature)
    {
        byte[] signatureBytes = Convert.FromHexString(signature.GetString()!);

        // A signature of another length than 64 bytes cannot even be expressed: the type refuses it.
        return signatureBytes.Length == Signature.Size
            && Ed25519.Verify(
                new PublicKey(Convert.FromHexString(key.GetString()!)), message, new Signature(signatureBytes));
    }
}
