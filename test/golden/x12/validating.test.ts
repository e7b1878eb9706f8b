import { validate837P } from '#libs/x12';
import { describe, expect, it } from 'vitest';
import { sampleFile, sampleNames } from './sample-files.js';

const found = (path: string): readonly string[] =>
  validate837P(sampleFile(path)).map(({ code, path: place }) => `${code} ${place}`);

/** What makes each mutant wrong. The list is complete: a validator of this kind can find every one of them. */
const EXPECTED: Readonly<Record<string, string>> = {
  't1_5_pointers.edi': 'x12_too_many_elements 2400/SV107',
  't1_amount_alpha.edi': 'x12_not_an_amount 2400/SV102',
  't1_bom.edi': 'x12_character_not_ascii ',
  't1_colon_in_data.edi': 'x12_delimiter_in_value 2300/CLM01',
  't1_ge01_wrong.edi': 'x12_count_wrong GE01',
  't1_ge02_wrong.edi': 'x12_control_number_differs GE02',
  't1_hl04_wrong.edi': 'x12_hierarchy 2000B/HL04',
  't1_hl_parent.edi': 'x12_hierarchy 2000B/HL02',
  't1_iea02_wrong.edi': 'x12_control_number_differs IEA02',
  't1_isa_short.edi': 'x12_version_unsupported ISA12',
  't1_no_iea.edi': 'x12_truncated IEA',
  't1_nonascii_latin1_AA.edi': 'x12_character_not_ascii ',
  't1_nonascii_utf8.edi': 'x12_character_not_ascii ',
  't1_out_of_order.edi': 'x12_segment_unexpected 2310B/SV1',
  't1_st03_missing.edi': 'x12_required_missing ST/ST03',
  't1_star_in_data.edi': 'x12_padding 2010AA/N3',
  't1_tilde_in_data.edi': 'x12_segment_unexpected ISA/12',
  't1_trailing_comp.edi': 'x12_trailing_separator 2400/SV101',
  't1_trailing_sep.edi': 'x12_trailing_separator 2000B/SBR',
  't1_truncated.edi': 'x12_truncated IEA',
  't1_unknown_segment.edi': 'x12_segment_unexpected 2310B/ZZZ',
  't2_bad_date.edi': 'x12_not_a_date 2400/DTP03',
  't2_bad_sbr02.edi': 'x12_code_unknown 2000B/SBR02',
  't2_clm08_x.edi': 'x12_code_unknown 2300/CLM08',
  't2_clm_no_release.edi': 'x12_required_missing 2300/CLM09',
  't2_date_dashes.edi': 'x12_not_a_date 2400/DTP03',
  't2_no_bht.edi': 'x12_required_missing ST/BHT',
  't2_no_bp_n3.edi': 'x12_required_missing 2010AA/N3',
  't2_no_bp_name.edi': 'x12_required_missing 2000A/2010AA',
  't2_no_clm.edi': 'x12_required_missing 2300/CLM',
  't2_no_clm05.edi': 'x12_required_missing 2300/CLM05',
  't2_no_hi.edi': 'x12_required_missing 2300/HI',
  't2_no_payer.edi': 'x12_required_missing 2000B/2010BB',
  't2_no_receiver.edi': 'x12_required_missing ST/1000B',
  't2_no_sbr.edi': 'x12_required_missing 2000B/SBR',
  't2_no_service_date.edi': 'x12_required_missing 2400/DTP',
  't2_no_submitter_per.edi': 'x12_required_missing 1000A/PER',
  't2_no_subscriber_name.edi': 'x12_required_missing 2000B/2010BA',
  't2_sv103_missing.edi': 'x12_required_missing 2400/SV103',
  't3_pointer_out_of_range.edi': 'x12_pointer_astray 2400/SV107-1',
  't3_three_decimals.edi': 'x12_not_an_amount 2400/SV102',
  't3_unbalanced.edi': 'x12_unbalanced 2300/CLM02',
  't4_bp_pobox.edi': 'x12_post_office_box 2010AA/N301',
  't4_claim_under_nonself.edi': 'x12_claim_misplaced 2000B/SBR02',
  't4_dup_dx.edi': 'x12_diagnosis_repeated 2300/HI01-2',
  't4_future_dos.edi': 'x12_date_in_future 2400/DTP03',
  't4_no_member_id.edi': 'x12_required_missing 2010BA/NM109',
  't4_pcn_21.edi': 'x12_length 2300/CLM01',
  't4_pwk_no_acn.edi': 'x12_required_missing 2300/PWK06',
  't4_replacement_no_f8.edi': 'x12_required_missing 2300/REF02',
  't4_self_no_dmg.edi': 'x12_required_missing 2010BA/DMG',
  't4_self_no_n3.edi': 'x12_required_missing 2010BA/N3',
  't4_self_no_n4.edi': 'x12_required_missing 2010BA/N4',
  't5_cpt_9083.edi': 'x12_not_a_procedure_code 2400/SV101-2',
  't5_freq_9.edi': 'x12_code_unknown 2300/CLM05-3',
  't5_icd_dot.edi': 'x12_not_a_diagnosis_code 2300/HI01-2',
  't5_icd_nonsense.edi': 'x12_not_a_diagnosis_code 2300/HI01-2',
  't5_modifier_3.edi': 'x12_not_a_modifier 2400/SV101-3',
  't5_rend_npi_luhn.edi': 'x12_not_an_npi 2310B/NM109',
  't5_state_xx.edi': 'x12_not_a_state 2010AA/N402',
  't5_taxid_dash.edi': 'x12_not_a_tax_id 2010AA/REF02',
};

describe('validating 837P', () => {
  it.each(sampleNames('valid'))('passes %s', (name) => {
    expect(found(`valid/${name}`)).toEqual([]);
  });

  it('passes a batch of two sets and finds the one set of another that lacks its diagnoses', () => {
    expect(found('conversation/01_batch_837.edi')).toEqual([]);
    expect(found('conversation/01b_batch_837_one_st_bad.edi')).toContain('x12_required_missing 2300/HI');
  });

  it('knows every mutant', () => {
    expect(sampleNames('mutants')).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('finds %s', (name, problem) => {
    expect(found(`mutants/${name}`)).toContain(problem);
  });

  it('changes nothing', () => {
    const bytes = sampleFile('valid/twelve_dx.edi');
    const before = Uint8Array.from(bytes);
    validate837P(bytes);
    expect(Uint8Array.from(bytes)).toEqual(before);
  });

  it('tells the place and never the value', () => {
    for (const name of Object.keys(EXPECTED)) {
      const text = JSON.stringify(validate837P(sampleFile(`mutants/${name}`)));
      expect(text).not.toMatch(/FAIRWEATHER|CLEO|W100000001|PCN0001|F411/);
    }
  });
});
